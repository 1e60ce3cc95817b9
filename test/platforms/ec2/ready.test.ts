/** The verdict over the status checks of an instance, state by state. */
import { expect, test } from 'vitest'
import type { Ec2, InstanceStatus } from '../../../src/platforms/ec2/client.ts'
import { watchInstance } from '../../../src/platforms/ec2/ready.ts'

const instance = { kind: 'ec2', instanceId: 'i-0abc', address: 'aws_instance.this' } as const
const shown = (state: string, system = 'ok', own = 'ok'): InstanceStatus => ({ state, system, instance: own })
const look = (status: InstanceStatus | undefined) =>
  watchInstance({ status: async () => status } as unknown as Ec2, instance)()

test.each([
  ['both checks pass', shown('running')],
  ['it has no checks', shown('running', 'not-applicable', 'not-applicable')],
])('it serves: %s', async (_, status) => {
  expect(await look(status)).toEqual({ kind: 'serving' })
})

test.each([
  ['it boots', shown('pending', '', ''), /is pending, its system check unknown, its instance check unknown/],
  ['a check has not passed yet', shown('running', 'ok', 'initializing'), /its instance check initializing/],
])('waits: %s', async (_, status, what) => {
  expect(await look(status)).toMatchObject({ kind: 'waiting', for: expect.stringMatching(what) })
})

test.each([
  ['it is not known, as right after RunInstances', undefined, 'EC2_NO_INSTANCE', true],
  ['it is stopped, as right after StartInstances', shown('stopped'), 'EC2_NOT_RUNNING', true],
  ['it is terminated, which nothing undoes', shown('terminated'), 'EC2_NOT_RUNNING', false],
])('fails: %s', async (_, status, code, isAskedAgain) => {
  const judged = await look(status)
  expect(judged).toMatchObject({ kind: 'failed', failure: { code } })
  expect(judged.kind === 'failed' && judged.mayBeStale === true).toBe(isAskedAgain)
})
