import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cancelApplies } from '../support/cancels.ts'
import { testEngine } from '../support/engine.ts'
import type { PullRequest } from '../support/github.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import { type Listening, listen } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'
import { smallModule, smallStage } from './stack.ts'

const engine = await testEngine()

let server: Listening
beforeAll(async () => {
  server = await v2()
})
afterAll(() => server[Symbol.asyncDispose]())

async function onlyComment(stage: Stage, { number }: PullRequest): Promise<string> {
  const [comment, ...more] = await stage.github.comments(number)
  expect(more).toEqual([])
  return comment?.body ?? ''
}

describe('a cancel during an apply', () => {
  let stage: Stage
  let state: HttpState
  beforeAll(async () => {
    stage = await setStage({
      images: {},
      inputs: { 'mcp-timeout': '60s', 'alivemcp-api-key': '', 'plan-approval': 'none' },
    })
  })
  afterAll(() => stage.close())
  beforeEach(async () => {
    state = await startHttpState()
  })
  afterEach(() => state.stop())

  /** Creates one thing at once and a second one in a minute, or at once when the first try made its mark. */
  const slowModule = (name: string) => ({
    [`${name}/main.tf`]: `
      terraform {
        ${state.backend}
      }
      resource "terraform_data" "quick" {}
      resource "terraform_data" "slow" {
        input = terraform_data.quick.id
        provisioner "local-exec" { command = "test -e tried || { touch tried; exec sleep 60; }" }
      }
      output "mcp_endpoint" { value = "${server.url}/mcp" }
      output "instance_id" { value = "i-0123456789" }
    `,
  })

  test.each([
    [
      'Terraform is done in time',
      'graceful',
      3_000,
      null,
      new RegExp(`The job was cancelled: ${engine.tool} apply was interrupted`),
    ],
    [
      'Terraform needs longer than the runner waits',
      'overdue',
      20_000,
      'SIGKILL',
      new RegExp(`${engine.title} is applying .* If this line stays, the run was stopped: run it again`),
    ],
  ] as const)('%s: the state is saved, no lock is left, and the next run goes on', async (...row) => {
    const [, name, savingMs, signal, comment] = row
    const inputs = { 'working-directory': name }
    const pull = await stage.open(name, slowModule(name))
    const trigger = await stage.merged(pull)
    const running = stage.start(trigger, inputs)
    await running.line('Executing:')
    state.savingMs = savingMs
    running.cancel()
    const cancelled = await running.done

    expect(cancelled.conclusion).toBe('cancelled')
    expect(cancelled.main.signal).toBe(signal)
    expect(cancelled.log).toContain('Gracefully shutting down...')
    expect(cancelled.log).not.toContain('Two interrupts received')
    expect(cancelled.post?.log.includes(`${engine.tool} apply has ended, saved its state and released the lock`)).toBe(
      signal !== null,
    )
    expect(state.lock).toBeUndefined()
    expect(state.resources()).toEqual([
      { address: 'terraform_data.quick', tainted: false },
      { address: 'terraform_data.slow', tainted: true },
    ])
    expect(await onlyComment(stage, pull)).toMatch(comment)

    state.savingMs = 0
    const next = await stage.run(trigger, inputs)
    expect(next.log).not.toMatch(/##\[error]/)
    expect(next.conclusion).toBe('success')
    expect(JSON.parse(next.outputs['plan-summary'] ?? '')).toMatchObject({ add: 1, destroy: 1, replace: 1 })
    expect(state.resources().map(({ tainted }) => tainted)).toEqual([false, false])
    expect(await onlyComment(stage, pull)).toMatch(/Applied and verified/)
  })
})

test('applies that are cancelled at random moments lose nothing: no lock, no resource, no state', async () => {
  const seed = Date.now() % 1_000_000
  const outcomes = await cancelApplies({ runs: 5, kind: 'files', seed, endpoint: `${server.url}/mcp` })
  expect(outcomes, `seed ${seed}`).toHaveLength(5)
  for (const outcome of outcomes) {
    expect(outcome, `seed ${seed}`).toMatchObject({ lock: undefined, lost: [], broken: undefined })
  }
})

test('a Terraform that is killed while post waits for it: post names the lock that stays, and what releases it', async () => {
  const state = await startHttpState()
  const stage = await setStage({
    images: {},
    inputs: { 'alivemcp-api-key': '', comment: 'never', 'plan-approval': 'none' },
  })
  try {
    const trigger = await stage.merged(
      await stage.open('Killed', {
        'infra/main.tf': `
          terraform {
            ${state.backend}
          }
          resource "terraform_data" "slow" {
            provisioner "local-exec" { command = "echo apply is $PPID; trap '' INT; sleep 90 & wait; wait" }
          }
          output "mcp_endpoint" { value = "${server.url}/mcp" }
          output "instance_id" { value = "i-0123456789" }
        `,
      }),
    )
    const running = stage.start(trigger, { 'working-directory': 'infra' })
    const [, pid] = /apply is (\d+)/.exec(await running.line(/apply is \d+$/)) ?? []
    state.savingMs = 60_000
    running.cancel()
    await running.line('Stopping operation...')
    // Longer than the runner waits for the step.
    await delay(12_000)
    process.kill(Number(pid), 'SIGKILL')
    const { post, main } = await running.done
    expect(main.signal).toBe('SIGKILL')
    const { ID } = JSON.parse(state.lock ?? '{}')
    expect(post?.annotations).toMatchObject([{ level: 'warning' }])
    expect(post?.annotations[0]?.message).toContain(`The state lock ${ID} is held by`)
    expect(post?.annotations[0]?.message).toMatch(new RegExp(`\`${engine.tool} force-unlock ${ID}\` in \\S+/infra`))
    running.endOrphans()
  } finally {
    await stage.close()
    await state.stop()
  }
})

describe('a deployment that is interrupted', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await smallStage(`${server.url}/mcp`)
  })
  afterAll(() => stage.close())

  test('by a cancel during the gate: it ends in time, says so, and taints nothing', async () => {
    const deaf = await listen(createServer(() => {}))
    const pull = await stage.open('Deaf', smallModule('v1'))
    const running = stage.start(await stage.merged(pull), { 'mcp-endpoint': `${deaf.url}/mcp`, 'mcp-timeout': '5m' })
    await running.line('##[group]gate')
    running.cancel()
    const cancelled = await running.done
    await deaf[Symbol.asyncDispose]()

    expect(cancelled.main.signal).toBeNull()
    expect(cancelled.conclusion).toBe('cancelled')
    expect(cancelled.outputs).toMatchObject({ applied: 'true', tainted: '[]' })
    expect(await onlyComment(stage, pull)).toMatch(/The job was cancelled during gate/)
    expect(await stage.stateObject('small.tfstate')).not.toContain('"tainted"')
    expect(await stage.stateObject('small.tfstate.tflock')).toBeUndefined()
    expect(stage.monitor.monitors).toEqual([])
  })

  test.each(['init', 'plan', 'apply', 'gate'] as const)(
    'by the loss of its process during %s: the next run ends green, with one comment and one monitor',
    async phase => {
      const pull = await stage.open(`Lost in ${phase}`, {
        ...smallModule(phase === 'plan' || phase === 'gate' ? 'v1' : 'v2'),
        'infra/slow.tf': `
          resource "terraform_data" "slow" {
            triggers_replace = "${phase}"
            provisioner "local-exec" { command = "sleep 3" }
          }
        `,
      })
      const trigger = await stage.merged(pull)
      const running = stage.start(trigger)
      await running.line(phase === 'apply' ? 'Executing:' : `##[group]${phase}`)
      // Terraform has hardly started when its group is opened.
      if (phase === 'plan') await delay(2_000)
      running.kill()
      expect((await running.done).main.signal).toBe('SIGKILL')

      const next = await stage.run(trigger)
      expect(next.log).not.toMatch(/##\[error]/)
      expect(next.conclusion).toBe('success')
      expect(next.outputs).toMatchObject({ applied: 'true', gate: 'passed', tainted: '[]' })
      expect(await onlyComment(stage, pull)).toMatch(/Applied and verified/)
      expect(stage.monitor.monitors).toHaveLength(1)
      expect(await stage.stateObject('small.tfstate.tflock')).toBeUndefined()
      running.endOrphans()
    },
  )

  test('by the loss of the machine during an apply: the next run names the lock that stays, and what releases it', async () => {
    const pull = await stage.open('Lost for good', {
      ...smallModule('v1'),
      'infra/slow.tf': 'resource "terraform_data" "slow" {\n  provisioner "local-exec" { command = "sleep 60" }\n}\n',
    })
    const trigger = await stage.merged(pull)
    const running = stage.start(trigger)
    await running.line('Executing:')
    running.kill()
    await running.done
    expect(running.endOrphans()).not.toEqual([])
    const { ID, Who } = JSON.parse((await stage.stateObject('small.tfstate.tflock')) ?? '{}')

    const next = await stage.run(trigger, { 'lock-timeout': '1s' })
    expect(next.conclusion).toBe('failure')
    expect(next.annotations.map(({ message }) => message).join('\n')).toContain(`${engine.tool} force-unlock ${ID}`)
    // The comment with the plan stays; a second one tells the person who merged.
    const [, notice] = await stage.github.comments(pull.number)
    expect(notice?.body).toContain('Not applied: the plan failed')
    expect(notice?.body).toContain(ID)
    expect(notice?.body).toContain(Who)
  })
})
