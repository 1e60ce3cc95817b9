/** The verdict over what AgentCore shows, state by state. */
import { describe, expect, test } from 'vitest'
import type { EndpointState, RuntimeState } from '../../../src/platforms/agentcore/client.ts'
import { agentcore } from '../../../src/platforms/agentcore/platform.ts'
import type { AgentCoreRuntime } from '../../../src/platforms/agentcore/runtime.ts'
import { judge, timedOut } from '../../../src/platforms/agentcore/stability.ts'
import { taintTargetOf } from '../../../src/platforms/index.ts'
import { decideRepair, rollbackResult } from '../../../src/platforms/rollback.ts'
import { decideTaint } from '../../../src/terraform/taint.ts'

const target: AgentCoreRuntime = {
  kind: 'agentcore',
  arn: 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/weather_mcp-AbCdEf1234',
  id: 'weather_mcp-AbCdEf1234',
  name: 'weather_mcp',
  region: 'eu-central-1',
  qualifier: 'live',
  version: '7',
  endpointVersion: '7',
  authorizer: 'iam',
}
const unpinned = { ...target, endpointVersion: '5' }
const atDefault = { ...target, qualifier: 'DEFAULT', endpointVersion: undefined }
const runtime = (status = 'READY', version = '7', failureReason = ''): RuntimeState => ({
  status,
  version,
  failureReason,
})
const endpoint = (
  liveVersion: string | undefined,
  status = 'READY',
  more: Partial<EndpointState> = {},
): EndpointState => ({
  status,
  liveVersion,
  targetVersion: undefined,
  failureReason: '',
  ...more,
})

describe('it serves', () => {
  const serving = { kind: 'serving', version: { id: '7', label: 'version 7 of weather_mcp' }, running: 1 }

  test.each<[string, AgentCoreRuntime, RuntimeState, EndpointState]>([
    ['a named endpoint at our version', target, runtime(), endpoint('7')],
    ['DEFAULT at our version', atDefault, runtime(), endpoint('7', 'READY', { targetVersion: '7' })],
    ['a named endpoint, while somebody makes a newer version', target, runtime('UPDATING', '8'), endpoint('7')],
    [
      'a named endpoint, after somebody failed to make a newer one',
      target,
      runtime('UPDATE_FAILED', '8'),
      endpoint('7'),
    ],
    [
      'ours, after somebody failed to move it away',
      target,
      runtime(),
      endpoint('7', 'UPDATE_FAILED', { targetVersion: '6' }),
    ],
    [
      'a runtime that the state does not hold, at its newest version',
      { ...atDefault, version: undefined },
      runtime(),
      endpoint('7'),
    ],
  ])('%s', (_, of, state, at) => {
    expect(judge(of, state, at)).toEqual(serving)
  })
})

test.each<[string, AgentCoreRuntime, RuntimeState, EndpointState | undefined, RegExp]>([
  ['the version is made', target, runtime('UPDATING'), endpoint('6'), /is UPDATING.*version 6 still answers/],
  ['the first version is made, before there is a DEFAULT', atDefault, runtime('CREATING'), undefined, /is CREATING/],
  ['the endpoint is made', target, runtime(), endpoint(undefined, 'CREATING', { targetVersion: '7' }), /is CREATING/],
  [
    'the endpoint moves',
    target,
    runtime(),
    endpoint('6', 'UPDATING', { targetVersion: '7' }),
    /UPDATING, version 6 still answers/,
  ],
  [
    'the endpoint has moved and is not READY yet',
    target,
    runtime(),
    endpoint('7', 'UPDATING', { targetVersion: '7' }),
    /UPDATING/,
  ],
  [
    'DEFAULT has not begun to follow',
    atDefault,
    runtime(),
    endpoint('6'),
    /DEFAULT of weather_mcp does not follow to version 7 yet/,
  ],
])('it waits: %s', (_, of, state, at, what) => {
  expect(judge(of, state, at)).toMatchObject({ kind: 'waiting', for: expect.stringMatching(what) })
})

test.each<[string, AgentCoreRuntime, RuntimeState | undefined, EndpointState | undefined, string, RegExp]>([
  [
    'no runtime',
    target,
    undefined,
    undefined,
    'AGENTCORE_NO_RUNTIME',
    /no AgentCore runtime weather_mcp-AbCdEf1234\.$/,
  ],
  ['a runtime that goes', target, runtime('DELETING'), endpoint('7'), 'AGENTCORE_NO_RUNTIME', /status is DELETING/],
  [
    'a runtime that could not go',
    target,
    runtime('DELETE_FAILED'),
    endpoint('7'),
    'AGENTCORE_NO_RUNTIME',
    /DELETE_FAILED/,
  ],
  ['no endpoint', target, runtime(), undefined, 'AGENTCORE_NO_RUNTIME', /has no endpoint live\.$/],
  [
    'an endpoint that goes',
    target,
    runtime(),
    endpoint('7', 'DELETING'),
    'AGENTCORE_NO_RUNTIME',
    /live \(its status is DELETING\)/,
  ],
  [
    'an image that AgentCore may not pull',
    target,
    runtime('UPDATE_FAILED', '7', 'Access denied while validating ECR URI.'),
    endpoint('6'),
    'AGENTCORE_FAILED',
    /could not make version 7 of weather_mcp: Access denied while validating ECR URI\.$/,
  ],
  [
    'a first version that fails without a reason',
    atDefault,
    runtime('CREATE_FAILED', '7'),
    undefined,
    'AGENTCORE_FAILED',
    /CREATE_FAILED without a reason/,
  ],
  [
    'an endpoint that could not be moved',
    target,
    runtime(),
    endpoint('6', 'UPDATE_FAILED', { targetVersion: '7', failureReason: 'No capacity.' }),
    'AGENTCORE_FAILED',
    /move the endpoint live of weather_mcp to version 7: No capacity\. Version 6 still answers\.$/,
  ],
  [
    'an endpoint that could not be made',
    target,
    runtime(),
    endpoint(undefined, 'CREATE_FAILED'),
    'AGENTCORE_FAILED',
    /to version 7: it is CREATE_FAILED/,
  ],
  [
    'an endpoint that nobody moves',
    unpinned,
    runtime(),
    endpoint('5'),
    'AGENTCORE_ENDPOINT_STALE',
    /stays on version 5, and this apply made version 7/,
  ],
  [
    'an endpoint that the state does not hold',
    { ...target, endpointVersion: undefined },
    runtime(),
    endpoint('5'),
    'AGENTCORE_ENDPOINT_STALE',
    /stays on version 5/,
  ],
  [
    'an endpoint that somebody moved back',
    target,
    runtime(),
    endpoint('6'),
    'AGENTCORE_SUPERSEDED',
    /moved the endpoint live of weather_mcp back to version 6/,
  ],
  [
    'an endpoint that somebody moved on',
    target,
    runtime('READY', '8'),
    endpoint('8'),
    'AGENTCORE_SUPERSEDED',
    /gets version 8, and this apply made version 7/,
  ],
  [
    'an endpoint on its way to a newer one',
    target,
    runtime('READY', '8'),
    endpoint('7', 'UPDATING', { targetVersion: '8' }),
    'AGENTCORE_SUPERSEDED',
    /gets version 8/,
  ],
  [
    'a DEFAULT that follows somebody else',
    atDefault,
    runtime('READY', '10'),
    endpoint('10'),
    'AGENTCORE_SUPERSEDED',
    /gets version 10, and this apply made version 7/,
  ],
])('it fails: %s', (_, of, state, at, code, sentence) => {
  expect(judge(of, state, at)).toMatchObject({
    kind: 'failed',
    failure: { code, sentence: expect.stringMatching(sentence) },
  })
})

test('what may be an answer of before the apply is asked again, and what AgentCore says of ours is not', () => {
  const mayBeStale = (...of: Parameters<typeof judge>) => {
    const judged = judge(...of)
    return judged.kind === 'failed' && judged.mayBeStale === true
  }
  expect(mayBeStale(target, undefined, undefined)).toBe(true)
  expect(mayBeStale(target, runtime('READY', '7'), undefined)).toBe(true)
  expect(mayBeStale(target, runtime('READY', '7'), endpoint('6'))).toBe(true)
  expect(mayBeStale(target, runtime('UPDATE_FAILED', '7'), endpoint('6'))).toBe(false)
})

test('only a version that AgentCore refuses calls for another one; a stale endpoint changes nothing by being repaired', () => {
  const remedies = Object.fromEntries(Object.entries(agentcore.codes).map(([code, { remedy }]) => [code, remedy]))
  expect(remedies).toEqual({
    AGENTCORE_NO_RUNTIME: 'config',
    AGENTCORE_FAILED: 'replace',
    AGENTCORE_ENDPOINT_STALE: 'config',
    AGENTCORE_SUPERSEDED: 'config',
    AGENTCORE_STILL_MOVING: 'config',
    AGENTCORE_TIMEOUT: 'wait',
    AGENTCORE_ACCESS: 'config',
  })
})

test('a time-out while the endpoint only moves is no fault of the version', () => {
  const late = (state: RuntimeState, at: EndpointState) => {
    const last = judge(target, state, at)
    return last.kind === 'waiting' ? timedOut(target, 60_000, last).failure.code : last.kind
  }
  expect(late(runtime(), endpoint('6', 'UPDATING', { targetVersion: '7' }))).toBe('AGENTCORE_STILL_MOVING')
  expect(late(runtime('UPDATING'), endpoint('6'))).toBe('AGENTCORE_TIMEOUT')
})

test('a runtime is never tainted: a new one has another URL', () => {
  expect(decideTaint(taintTargetOf(target), { remedy: 'replace' }, 'taint')).toEqual({
    address: undefined,
    why: 'Nothing was tainted: a replacement of the runtime weather_mcp would have another ARN, so all clients would lose its URL.',
  })
})

describe('a rollback', () => {
  const [passed, previous] = ['5', '6'].map(version => agentcore.versions?.ofId(target, version))
  const known = { passed, previous }

  test('moves a named endpoint to the version that passed, and says which drift it leaves', () => {
    const { rollback } = decideRepair(target, { remedy: 'replace' }, 'rollback', known)
    expect(rollback).toEqual({ to: passed, wasPassed: true })
    expect(rollback && rollbackResult(target, rollback, undefined).sentence).toMatch(
      /Terraform still has version 7\. If the endpoint live sets agent_runtime_version, the next plan .* moves it forward .* If it does not, no plan moves it, and it stays where it is\.$/,
    )
  })

  test('is not possible at DEFAULT, and the reason names what would make it possible', () => {
    expect(decideRepair(atDefault, { remedy: 'replace' }, 'rollback', known)).toMatchObject({
      rollback: undefined,
      warning: expect.stringMatching(/DEFAULT, which always follows the newest version\. Give them a named endpoint/),
    })
  })

  test('that is done serves: the version before is live, whatever the newest is', () => {
    const back = agentcore.versions?.retarget(target, { id: '6', label: '' })
    expect(back && judge(back, runtime('READY', '7'), endpoint('6'))).toMatchObject({ kind: 'serving' })
    expect(back && judge(back, runtime('UPDATE_FAILED', '7'), endpoint('6'))).toMatchObject({ kind: 'serving' })
  })
})
