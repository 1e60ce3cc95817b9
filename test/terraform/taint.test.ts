import { expect, test } from 'vitest'
import { CancelledError, TerraformError } from '../../src/errors.ts'
import type { Terraform } from '../../src/terraform/cli.ts'
import type { StateJson } from '../../src/terraform/json.ts'
import { decideTaint, type OnFailure, type TaintTarget, taint, taintFailureMessage } from '../../src/terraform/taint.ts'

const target = {
  address: 'module.a["b"].aws_ecs_task_definition.this',
  name: 'the task definition of weather',
  nextApply: 'creates a new revision of it',
} satisfies TaintTarget

const next =
  'The next apply creates a new revision of it. If nothing else changes, that fixes only a transient failure, so fix the server first.'
const outside = 'Nothing was tainted: the cause is outside of the server, so replacing the server would not fix it.'
const unwanted = 'Nothing was tainted, because on-failure is none: the next plan sees no difference.'
const absent = 'Nothing was tainted: the task definition of weather is not in this Terraform state.'
const nameless =
  'Nothing was tainted: no input or output names the resource behind the endpoint. Fix the server manually.'
const gone = { ...target, address: undefined }

/** Everything that the decision depends on: the target, what could help, and what the user wants. */
test.each<[TaintTarget | undefined, 'replace' | 'config' | 'wait', OnFailure, string | undefined, string]>([
  [target, 'replace', 'taint', target.address, next],
  [target, 'wait', 'taint', target.address, next],
  [target, 'config', 'taint', undefined, outside],
  [target, 'replace', 'rollback', target.address, next],
  [target, 'wait', 'rollback', target.address, next],
  [target, 'config', 'rollback', undefined, outside],
  [target, 'replace', 'none', undefined, unwanted],
  [target, 'wait', 'none', undefined, unwanted],
  [target, 'config', 'none', undefined, unwanted],
  [gone, 'replace', 'taint', undefined, absent],
  [gone, 'wait', 'taint', undefined, absent],
  [gone, 'config', 'taint', undefined, outside],
  [gone, 'replace', 'none', undefined, unwanted],
  [undefined, 'replace', 'taint', undefined, nameless],
  [undefined, 'wait', 'rollback', undefined, nameless],
  [undefined, 'config', 'taint', undefined, outside],
  [undefined, 'replace', 'none', undefined, unwanted],
])('target %j, remedy %s, on-failure %s: taints %s', (serving, remedy, onFailure, address, why) => {
  expect(decideTaint(serving, { remedy }, onFailure)).toEqual({ address, why })
})

/** A Terraform with several resources, of which `tainted` are tainted. A taint succeeds as `works` says. */
function terraform(works: boolean, tainted: readonly string[] = []) {
  const calls: string[] = []
  const inState = new Set(tainted)
  const resource = (address: string) => ({
    address,
    mode: 'managed' as const,
    type: 'aws_ecs_task_definition',
    ...(inState.has(address) ? { tainted: true } : {}),
  })
  const state = (): StateJson => ({
    values: {
      root_module: {
        resources: [resource(other)],
        child_modules: [
          { resources: [resource('module.a["c"].aws_ecs_task_definition.this'), resource(target.address)] },
        ],
      },
    },
  })
  const fake = {
    tool: 'terraform',
    showState: async () => state(),
    taint: async (address: string) => {
      calls.push(address)
      if (works) inState.add(address)
    },
  } as unknown as Terraform
  return { fake, calls }
}

/** Another resource of the same state. */
const other = 'aws_ecs_task_definition.other'

const decision = decideTaint(target, { remedy: 'replace' }, 'taint')

test('taints once and reads it back', async () => {
  const { fake, calls } = terraform(true)
  expect((await taint(fake, decision)).tainted).toEqual([target.address])
  expect((await taint(fake, decision)).tainted).toEqual([target.address])
  expect(calls).toHaveLength(1)
})

test('a taint that is not in the state afterwards is an error', async () => {
  await expect(taint(terraform(false).fake, decision)).rejects.toThrow(
    `terraform taint ${target.address} succeeded, but the state does not show it.`,
  )
})

test('another resource that is tainted already is not the one to taint', async () => {
  const { fake, calls } = terraform(true, [other])
  expect(await taint(fake, decision)).toEqual({ ...decision, tainted: [target.address] })
  expect(calls).toEqual([target.address])
  await expect(taint(terraform(false, [other]).fake, decision)).rejects.toThrow(/the state does not show it/)
})

test('a state without any resource does not show the taint', async () => {
  const empty = { showState: async () => ({}), taint: async () => {} } as unknown as Terraform
  await expect(taint(empty, decision)).rejects.toThrow(/the state does not show it/)
})

test('a decision without a resource changes nothing', async () => {
  const { fake, calls } = terraform(true)
  const nothing = decideTaint(undefined, { remedy: 'replace' }, 'taint')
  expect(await taint(fake, nothing)).toEqual({ ...nothing, tainted: [] })
  expect(calls).toEqual([])
})

test('the message about a failed taint names the lock holder and the command to taint manually', () => {
  const diagnostics = [
    'Error: Error acquiring the state lock',
    'Lock Info:',
    '  ID:        aaaa-bbbb',
    '  Who:       night@ops',
    '  Created:   2026-11-22 03:00:00 UTC',
  ].join('\n')
  const message = taintFailureMessage(decision, new TerraformError('taint', 1, diagnostics, 'terraform'), 'terraform')
  expect(message).toContain(`${target.address} could not be tainted, so the next plan will not replace it`)
  expect(message).toContain('night@ops has held the state lock since 2026-11-22 03:00:00 UTC')
  expect(message).toContain('terraform force-unlock aaaa-bbbb')
  expect(message).toContain(`terraform taint '${target.address}'`)
  expect(taintFailureMessage(decision, new CancelledError('The job was cancelled.'), 'terraform')).toBe(
    `The job was cancelled while it tainted ${target.address}. If the next plan does not replace it, run \`terraform taint '${target.address}'\`, or run this again.`,
  )
  expect(taintFailureMessage(decision, new Error('disk full'), 'terraform')).toMatch(
    /will not replace it: disk full To taint it/,
  )
  const withoutLock = new TerraformError('taint', 1, 'Error: No such resource', 'terraform')
  expect(taintFailureMessage(decision, withoutLock, 'terraform')).toContain(
    `will not replace it: ${withoutLock.message}`,
  )
})
