import { expect, test } from 'vitest'
import { CancelledError, TerraformError } from '../../src/errors.ts'
import type { Terraform } from '../../src/terraform/cli.ts'
import type { StateJson } from '../../src/terraform/json.ts'
import { decideTaint, taint, taintFailureMessage } from '../../src/terraform/taint.ts'

const ecs = {
  kind: 'ecs',
  cluster: 'prod',
  service: 'weather',
  region: 'eu-west-1',
  taskDefinition: { arn: 'arn:x:1', address: 'module.a["b"].aws_ecs_task_definition.this' },
} as const

test.each([
  ['what is serving is broken', ecs, 'replace', 'taint', ecs.taskDefinition.address],
  ['it did not heal in time', ecs, 'wait', 'taint', ecs.taskDefinition.address],
  ['what is wrong lies around it', ecs, 'config', 'taint', undefined],
  ['on-failure rollback with nothing to go back to', ecs, 'replace', 'rollback', ecs.taskDefinition.address],
  ['on-failure none', ecs, 'replace', 'none', undefined],
  ['not in this state', { ...ecs, taskDefinition: undefined }, 'replace', 'taint', undefined],
  [
    'an instance',
    { kind: 'ec2', instanceId: 'i-1', address: 'aws_instance.this' },
    'replace',
    'taint',
    'aws_instance.this',
  ],
] as const)('%s', (_, serving, remedy, onFailure, address) => {
  const decision = decideTaint(serving, { remedy }, onFailure)
  expect(decision.address).toBe(address)
  expect(decision.why).toMatch(/\.$/)
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
                address: ecs.taskDefinition.address,
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

const decision = decideTaint(ecs, { remedy: 'replace' }, 'taint')

test('taints once and reads it back', async () => {
  const { fake, calls } = terraform(true)
  expect((await taint(fake, decision)).tainted).toEqual([ecs.taskDefinition.address])
  expect((await taint(fake, decision)).tainted).toEqual([ecs.taskDefinition.address])
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
  expect(told).toContain(`${ecs.taskDefinition.address} could not be tainted, so the next plan will not replace it`)
  expect(told).toContain('night@ops holds the state lock since 2026-11-22 03:00:00 UTC')
  expect(told).toContain('terraform force-unlock aaaa-bbbb')
  expect(told).toContain(`terraform taint '${ecs.taskDefinition.address}'`)
  expect(taintFailureMessage(decision, new CancelledError('The job was cancelled.'))).toMatch(
    /^The job was cancelled while it tainted/,
  )
  expect(taintFailureMessage(decision, new Error('disk full'))).toMatch(/will not replace it: disk full/)
})
