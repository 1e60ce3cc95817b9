import { expect, test } from 'vitest'
import { CancelledError, TerraformError } from '../../src/errors.ts'
import type { Terraform } from '../../src/terraform/cli.ts'
import type { StateJson } from '../../src/terraform/json.ts'
import { decideTaint, type OnFailure, type TaintTarget, taint, taintFailureMessage } from '../../src/terraform/taint.ts'

const target = {
  address: 'module.a["b"].aws_ecs_task_definition.this',
  name: 'the task definition of weather',
  nextApply: 'makes a new revision of it',
} satisfies TaintTarget

test.each<[string, TaintTarget | undefined, 'replace' | 'config' | 'wait', OnFailure, string | undefined]>([
  ['the running server is broken', target, 'replace', 'taint', target.address],
  ['it did not recover in time', target, 'wait', 'taint', target.address],
  ['the cause is outside of the server', target, 'config', 'taint', undefined],
  ['on-failure rollback with nothing to go back to', target, 'replace', 'rollback', target.address],
  ['on-failure none', target, 'replace', 'none', undefined],
  ['not in this state', { ...target, address: undefined }, 'replace', 'taint', undefined],
  ['the running server is unknown', undefined, 'replace', 'taint', undefined],
])('%s', (_, serving, remedy, onFailure, address) => {
  const decision = decideTaint(serving, { remedy }, onFailure)
  expect(decision.address).toBe(address)
  expect(decision.why).toMatch(/\.$/)
})

test('the sentences name the resource and what the next apply does', () => {
  const whyOf = (serving: TaintTarget | undefined) => decideTaint(serving, { remedy: 'replace' }, 'taint').why
  expect(whyOf(target)).toMatch(/^The next apply makes a new revision of it\./)
  expect(whyOf({ ...target, address: undefined })).toBe(
    'Nothing was tainted: the task definition of weather is not in this Terraform state.',
  )
  expect(whyOf(undefined)).toMatch(/^Nothing was tainted: no input or output names the resource behind the endpoint/)
})

/** A Terraform whose state shows the taint as `works` says. */
function terraform(works: boolean, tainted = false) {
  const calls: string[] = []
  const state = (): StateJson => ({
    values: {
      root_module: {
        child_modules: [
          {
            resources: [
              {
                address: target.address,
                mode: 'managed',
                type: 'aws_ecs_task_definition',
                ...(tainted ? { tainted } : {}),
              },
            ],
          },
        ],
      },
    },
  })
  const fake = {
    showState: async () => state(),
    taint: async (address: string) => {
      calls.push(address)
      tainted = works
    },
  } as unknown as Terraform
  return { fake, calls }
}

const decision = decideTaint(target, { remedy: 'replace' }, 'taint')

test('taints once and reads it back', async () => {
  const { fake, calls } = terraform(true)
  expect((await taint(fake, decision)).tainted).toEqual([target.address])
  expect((await taint(fake, decision)).tainted).toEqual([target.address])
  expect(calls).toHaveLength(1)
})

test('a taint that is not in the state afterwards is an error', async () => {
  await expect(taint(terraform(false).fake, decision)).rejects.toThrow(/the state does not show it/)
})

test('the message about a failed taint names the lock holder and the command to taint manually', () => {
  const diagnostics = [
    'Error: Error acquiring the state lock',
    'Lock Info:',
    '  ID:        aaaa-bbbb',
    '  Who:       night@ops',
    '  Created:   2026-11-22 03:00:00 UTC',
  ].join('\n')
  const message = taintFailureMessage(decision, new TerraformError('taint', 1, diagnostics, 'terraform'))
  expect(message).toContain(`${target.address} could not be tainted, so the next plan will not replace it`)
  expect(message).toContain('night@ops has held the state lock since 2026-11-22 03:00:00 UTC')
  expect(message).toContain('terraform force-unlock aaaa-bbbb')
  expect(message).toContain(`terraform taint '${target.address}'`)
  expect(taintFailureMessage(decision, new CancelledError('The job was cancelled.'))).toMatch(
    /^The job was cancelled while it tainted/,
  )
  expect(taintFailureMessage(decision, new Error('disk full'))).toMatch(/will not replace it: disk full/)
})
