/** A deployment in a GitHub environment, and the drift that a scheduled verify finds of it, with real Terraform. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faulty, mcpLike } from '../support/mcp/faults.ts'
import type { Listening } from '../support/mcp/listen.ts'
import type { Stage } from '../support/stage.ts'
import { smallModule, smallStage } from './stack.ts'

const permissions = { contents: 'read', pull_requests: 'write', deployments: 'write', issues: 'write' } as const
let lab: Listening
let stage: Stage
beforeAll(async () => {
  lab = await faulty(mcpLike())
  stage = await smallStage(
    `${lab.url}/mcp`,
    { 'deployment-environment': 'production', 'alivemcp-api-key': '' },
    permissions,
  )
})
afterAll(async () => {
  await stage.close()
  await lab[Symbol.asyncDispose]()
})

test('an apply is a deployment that ends with the endpoint, and what differs later is drift', async () => {
  const pull = await stage.open('One', smallModule('v1'))
  const merged = await stage.merged(pull)
  const applied = await stage.run(merged)
  expect(applied.conclusion, applied.log).toBe('success')
  const { deployments } = stage.github
  expect(deployments).toMatchObject([
    {
      environment: 'production',
      sha: merged.github.sha,
      transient: false,
      statuses: [{ state: 'in_progress' }, { state: 'success', environment_url: `${lab.url}/mcp` }],
    },
  ])
  expect(applied.outputs['deployment-id']).toBe(`${deployments[0]?.id}`)
  const report = JSON.parse(readFileSync(applied.outputs['gate-report'] ?? '', 'utf8'))
  expect(report.links).toMatchObject([{ title: 'ECS service weather' }])

  const schedule = { event: { name: 'schedule', payload: {} }, github: merged.github }
  const well = await stage.run(schedule, { drift: 'fail' })
  expect(well.conclusion, well.log).toBe('success')
  expect(well.outputs.drift).toBe('[]')

  await stage.write(smallModule('v2'))
  const red = await stage.run(schedule, { drift: 'fail', issue: 'failures' })
  expect(red.outputs).toMatchObject({ gate: 'passed', 'gate-code': 'DRIFT', 'failed-phase': 'drift', applied: 'false' })
  // The sensitive container definition says "server", too, so that word is hidden in the address.
  expect(JSON.parse(red.outputs.drift ?? '')).toContain('module.server.aws_ecs_task_definition.this')
  expect(red.outputs['issue-url']).toMatch(/^http/)
  expect(deployments).toHaveLength(1)
})
