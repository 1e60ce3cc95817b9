/**
 * The promises of a run that no unit can show, through the shipped dist as the runner drives it: a secret that is a word of
 * ours changes no verdict, a server gives the runner no command, and after a cancellation nobody is notified.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { listen } from '../support/mcp/listen.ts'
import { type ActionRun, runAction, startAction } from '../support/runner.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'promises-'))
  mkdirSync(join(directory, 'checkout'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const verify = (url: string, inputs: Record<string, string> = {}): ActionRun => ({
  action: fileURLToPath(new URL('../../', import.meta.url)),
  inputs: { command: 'verify', 'mcp-endpoint': url, comment: 'never', 'mcp-timeout': '3s', ...inputs },
  event: { name: 'schedule', payload: {} },
  workspace: join(directory, 'checkout'),
  temp: join(directory, 'temp'),
  github: {
    apiUrl: 'http://127.0.0.1:1',
    token: 'ghs_the-token',
    repository: 'octo/infra',
    sha: 'abc',
    ref: 'refs/heads/main',
  },
})

/** An address where nothing listens. No server gets this port by chance, as it could get one that was just closed. */
const closed = 'http://127.0.0.1:9/mcp'

describe('a secret that is a word of our own vocabulary changes no verdict', { timeout: 60_000 }, () => {
  test.each(['failure', 'failures', 'code', 'TCP_REFUSED', 'success', 'gate', 'passed', 'failed', 'verify', 'wait'])(
    '%s',
    async word => {
      const run = await runAction(verify(closed, { 'mcp-headers': `X-Key: ${word}` }))
      expect(run.conclusion).toBe('failure')
      expect(run.outputs).toMatchObject({ gate: 'failed', 'gate-code': 'TCP_REFUSED', 'failed-phase': 'gate' })
      expect(run.annotations.filter(({ level }) => level === 'error')).not.toEqual([])
      const report = JSON.parse(readFileSync(run.outputs['gate-report'] ?? '', 'utf8'))
      expect(report).toMatchObject({
        command: 'verify',
        failure: { code: 'TCP_REFUSED', phase: 'gate', remedy: 'wait' },
        gate: { passed: false, eras: { legacy: { verdict: 'failed' } } },
      })
    },
  )
})

describe('a server gives the runner no command', { timeout: 60_000 }, () => {
  test.each([
    '##[stop-commands]x',
    'text ##[set-output name=plan-file]/etc/passwd',
    '##[save-state name=running]{',
    '##[error]red',
    '::stop-commands::x',
    '\n::error::red',
    '\r::set-output name=plan-file::/etc/passwd',
    '\u2028::add-mask::a',
    '#\u200b#[stop-commands]x',
    '##\u0000[stop-commands]x',
  ])('%j', async message => {
    const answer = mcpLike({
      on: {
        'tools/list': (asked, _, res) =>
          reply(
            res,
            200,
            'application/json',
            JSON.stringify({ jsonrpc: '2.0', id: asked?.id, error: { code: -32603, message } }),
          ),
      },
    })
    await using lab = await faulty(answer)
    const run = await runAction(verify(`${lab.url}/mcp`, { 'mcp-headers': 'X-Key: s3cret-value' }))
    expect(run.conclusion).toBe('failure')
    // The error annotation is the last command of the run, so the runner has obeyed ours to the end.
    const errors = run.annotations.filter(({ level }) => level === 'error')
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^RPC_ERROR: /),
      'Verification failed.',
    ])
    expect(run.outputs).not.toHaveProperty('plan-file')
    expect(run.masks.toSorted()).toEqual(['ghs_the-token', 's3cret-value'])
    expect(run.post?.exitCode ?? 0).toBe(0)
  })
})

test('after a cancellation during the gate nobody is notified, and the run says what was cancelled', async () => {
  const deliveries: string[] = []
  await using hooks = await listen(
    createServer((incoming, response) => {
      deliveries.push(incoming.url ?? '')
      response.writeHead(204).end()
    }),
  )
  await using lab = await faulty((_, __, res) => reply(res, 503, 'text/plain', 'not yet'))
  const run = startAction(
    verify(`${lab.url}/mcp`, {
      'mcp-timeout': '60s',
      'webhook-url': `${hooks.url}/hook`,
      'webhook-secret': 'the-webhook-s3cret',
    }),
  )
  await run.line(/ Waiting\.$/)
  run.cancel()
  const { outputs, summary, main } = await run.done
  expect(deliveries).toEqual([])
  expect(outputs).toMatchObject({ 'failed-phase': 'gate' })
  expect(summary).toMatch(/The job was cancelled during gate/)
  // It ended by itself: the runner had to kill nothing.
  expect(main.signal).toBeNull()
  expect(outputs['gate-report']).toBeDefined()
}, 60_000)
