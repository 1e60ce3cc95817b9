import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pullRequestMerged } from '../support/events.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { isNoNotice } from '../support/notices.ts'
import type { Stage } from '../support/stage.ts'
import { smallModule, smallStage, taskDefinitionAddress } from './stack.ts'

describe('the life of a pull request, through the shipped dist', () => {
  let server: Listening
  let stage: Stage

  beforeAll(async () => {
    server = await v2()
    stage = await smallStage(`${server.url}/mcp`)
  })
  afterAll(async () => {
    await stage.close()
    await server[Symbol.asyncDispose]()
  })

  const comments = async (number: number) =>
    (await stage.github.comments(number)).map(({ body }) => body ?? '').filter(isNoNotice)

  test('planned, planned again, merged: one comment that ends verified, one monitor', async () => {
    const pull = await stage.open('First', smallModule('v1'))
    const reviewed = { 'plan-approval': 'reviewed' }
    const planned = await stage.run(stage.opened(pull), reviewed)
    expect(planned.log).not.toMatch(/##\[error]/)
    expect(planned.conclusion).toBe('success')
    expect(planned.outputs).toMatchObject({ command: 'plan', 'has-changes': 'true', applied: 'false', gate: 'skipped' })
    expect(JSON.parse(planned.outputs['plan-summary'] ?? '')).toMatchObject({ add: 2, change: 0, destroy: 0 })
    expect((await comments(pull.number))[0]).toMatch(/2 to add, 0 to change, 0 to destroy/)

    await stage.run(stage.opened(pull), reviewed)
    expect(await comments(pull.number)).toHaveLength(1)

    const deployed = await stage.run(await stage.merged(pull), reviewed)
    expect(deployed.log).not.toMatch(/##\[error]/)
    expect(deployed.conclusion).toBe('success')
    expect(deployed.outputs).toMatchObject({
      command: 'apply',
      applied: 'true',
      gate: 'passed',
      'gate-code': '',
      'mcp-eras': '{"modern":"passed","legacy":"passed","http-sse":"absent"}',
      'mcp-tools': '["fetch_page","search_docs"]',
      tainted: '[]',
      'monitor-id': stage.monitor.monitors[0]?.id,
    })
    expect(JSON.parse(deployed.outputs['terraform-outputs'] ?? '')).toEqual({
      ecs_cluster_name: 'tests',
      ecs_service_name: 'weather',
    })
    const [comment, ...more] = await comments(pull.number)
    expect(more).toEqual([])
    expect(comment).toMatch(/Applied and verified/)
    expect(stage.monitor.monitors).toHaveLength(1)
    for (const text of [
      planned.log,
      deployed.log,
      planned.summary,
      deployed.summary,
      comment,
      JSON.stringify(deployed.outputs),
    ]) {
      expect(text).not.toContain('note-that-is-secret')
    }
    expect(stage.github.violations).toEqual([])
  })

  test('run again: nothing to apply, verified again, still one monitor and one comment', async () => {
    const pull = await stage.open('Second', smallModule('v1'))
    const trigger = await stage.merged(pull)
    const again = await stage.run(trigger)
    expect(again.conclusion).toBe('success')
    expect(again.outputs).toMatchObject({ 'has-changes': 'false', applied: 'true', gate: 'passed' })
    const closed = await stage.run(pullRequestMerged(stage.github, await stage.github.pullRequest(pull.number)))
    expect(closed.outputs).toMatchObject({ command: 'apply', gate: 'passed' })
    expect(stage.monitor.monitors).toHaveLength(1)
    expect(await comments(pull.number)).toHaveLength(1)
  })

  test('a version that ECS rolls back is red although the old one answers, and the taint is found in its module', async () => {
    const pull = await stage.open('Crash', smallModule('crash'))
    const result = await stage.run(await stage.merged(pull))
    expect(result.conclusion).toBe('failure')
    expect(result.outputs).toMatchObject({ applied: 'true', gate: 'skipped', 'gate-code': 'ECS_ROLLED_BACK' })
    expect(JSON.parse(result.outputs.tainted ?? '')).toEqual([taskDefinitionAddress])
    expect((await comments(pull.number))[0]).toMatch(/ECS_ROLLED_BACK.*weather/)
    expect(stage.monitor.monitors).toHaveLength(1)
  })

  test('a server that does not answer is red, tainted, and registered nowhere; the repair is green', async () => {
    const posts = () => stage.monitor.requests.filter(({ method }) => method === 'POST').length
    const before = posts()
    const pull = await stage.open('Repair', smallModule('v2'))
    const reviewed = { 'plan-approval': 'reviewed' }
    await stage.run(stage.opened(pull), reviewed)
    const trigger = await stage.merged(pull)
    const red = await stage.run(trigger, {
      ...reviewed,
      'mcp-endpoint': 'http://127.0.0.1:9/mcp',
      'mcp-timeout': '5s',
    })
    expect(red.conclusion).toBe('failure')
    expect(red.outputs).toMatchObject({ gate: 'failed', 'gate-code': 'TCP_REFUSED' })
    expect(posts()).toBe(before)
    // What the taint replaces is in no reviewed plan, and still what this merge is for.
    const green = await stage.run(trigger, reviewed)
    expect(green.log).not.toMatch(/##\[error]/)
    expect(green.outputs).toMatchObject({ gate: 'passed', tainted: '[]' })
  })

  test('on-failure none taints nothing and says so', async () => {
    const pull = await stage.open('Untainted', smallModule('v2'))
    const red = await stage.run(await stage.merged(pull), {
      'mcp-endpoint': 'http://127.0.0.1:9/mcp',
      'mcp-timeout': '5s',
      'on-failure': 'none',
    })
    expect(red.conclusion).toBe('failure')
    expect(red.outputs.tainted).toBe('[]')
    expect((await comments(pull.number))[0]).toMatch(/on-failure is none/)
  })

  test('a deaf monitor is a warning: green, nothing tainted', async () => {
    const pull = await stage.open('Deaf', smallModule('v2'))
    const deaf = await stage.run(await stage.merged(pull), { 'alivemcp-api-url': 'http://127.0.0.1:9' })
    expect(deaf.conclusion).toBe('success')
    expect(deaf.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringMatching(/could not be registered/) }),
    )
    expect(deaf.outputs.tainted).toBe('[]')
  })
})
