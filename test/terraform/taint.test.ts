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
  ['what is serving is broken', target, 'replace', 'taint', target.address],
  ['it did not heal in time', target, 'wait', 'taint', target.address],
  ['what is wrong lies around it', target, 'config', 'taint', undefined],
  ['on-failure rollback with nothing to go back to', target, 'replace', 'rollback', target.address],
  ['on-failure none', target, 'replace', 'none', undefined],
  ['not in this state', { ...target, address: undefined }, 'replace', 'taint', undefined],
  ['not known what serves', undefined, 'replace', 'taint', undefined],
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
  expect(whyOf(undefined)).toMatch(/^Nothing was tainted: no input or output names what serves the endpoint/)
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

test('a taint that did not happen is told with who holds the lock, and with the line to do it by hand', () => {
  const diagnostics = [
    'Error: Error acquiring the state lock',
    'Lock Info:',
    '  ID:        aaaa-bbbb',
    '  Who:       night@ops',
    '  Created:   2026-11-22 03:00:00 UTC',
  ].join('\n')
  const told = taintFailureMessage(decision, new TerraformError('taint', 1, diagnostics, 'terraform'))
  expect(told).toContain(`${target.address} could not be tainted, so the next plan will not replace it`)
  expect(told).toContain('night@ops holds the state lock since 2026-11-22 03:00:00 UTC')
  expect(told).toContain('terraform force-unlock aaaa-bbbb')
  expect(told).toContain(`terraform taint '${target.address}'`)
  expect(taintFailureMessage(decision, new CancelledError('The job was cancelled.'))).toMatch(
    /^The job was cancelled while it tainted/,
  )
  expect(taintFailureMessage(decision, new Error('disk full'))).toMatch(/will not replace it: disk full/)
})
