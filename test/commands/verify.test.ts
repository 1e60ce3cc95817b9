/**
 * `command: verify` with an endpoint, through the shipped dist as the runner drives it: it needs neither Terraform nor
 * AWS, writes every file it names, and shows no secret.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signature } from '../../src/monitors/webhook.ts'
import { startAliveMcp } from '../support/alivemcp.ts'
import { readBody } from '../support/faults.ts'
import { faulty, mcpLike, reply, tool } from '../support/mcp/faults.ts'
import { listen } from '../support/mcp/listen.ts'
import { startProtectedServer, TOKEN } from '../support/mcp/wall.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { readXml } from '../support/xml.ts'

const LONG = 120_000
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'verify-'))
  mkdirSync(join(directory, 'checkout'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function verify(url: string, inputs: Record<string, string>): Promise<ActionResult> {
  return runAction({
    action: fileURLToPath(new URL('../../', import.meta.url)),
    inputs: { command: 'verify', 'mcp-endpoint': url, comment: 'never', 'mcp-timeout': '30s', ...inputs },
    event: { name: 'schedule', payload: {} },
    workspace: join(directory, 'checkout'),
    temp: join(directory, 'temp'),
    github: {
      apiUrl: 'http://127.0.0.1:1',
      token: 'ghs_the-token',
      repository: 'octo/infra',
      sha: 'abc0'.repeat(10),
      ref: 'refs/heads/main',
    },
  })
}

const behindWall = {
  'mcp-auth': 'required',
  'mcp-oauth-client-id': 'deployer',
  'mcp-oauth-client-secret': 'oauth-s3cret-4c1d',
}

describe('verify', { timeout: LONG }, () => {
  it('goes past the wall, gives the contract to commit, and is green once it is committed', async () => {
    await using lab = await startProtectedServer({
      // A server that prints our token into what it lists.
      answer: mcpLike({ tools: { tools: [{ ...tool('search'), description: `as ${TOKEN}` }] } }),
    })
    const first = await verify(lab.url, behindWall)
    expect(first.conclusion, first.log).toBe('success')
    const { outputs } = first
    expect(outputs).toMatchObject({
      gate: 'passed',
      'gate-code': '',
      'mcp-tools': '["search"]',
      'mcp-contract-hash': expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const files = ['gate-report', 'gate-junit', 'mcp-contract-file', 'gate-page'].map(name => outputs[name] ?? '')
    expect(files.every(existsSync)).toBe(true)
    const texts = files.map(file => readFileSync(file, 'utf8'))
    expect(readXml(texts[1] ?? '').name).toBe('testsuites')
    expect(texts[3]).toMatch(/Gate passed[\s\S]*The body holds credentials, so it was not recorded\.[\s\S]*as \*\*\*/)
    expect(first.summary).toContain('`gate.html`')
    expect(first.masks).toEqual(expect.arrayContaining([TOKEN, 'oauth-s3cret-4c1d']))
    expect([first.log, first.summary, ...texts].join('\n')).not.toMatch(/t0ken|oauth-s3cret/)
  })

  it('is red when the committed contract is broken, or not there', async () => {
    await using lab = await startProtectedServer()
    const without = await verify(lab.url, { ...behindWall, 'mcp-contract': 'mcp-contract.json' })
    expect(without.conclusion).toBe('failure')
    const { outputs, summary } = without
    expect(outputs['gate-code']).toBe('CONTRACT_MISSING')
    const ready = readFileSync(outputs['mcp-contract-file'] ?? '', 'utf8')
    expect(summary).toContain(ready.trimEnd())

    writeFileSync(join(directory, 'checkout/mcp-contract.json'), ready)
    const kept = await verify(lab.url, { ...behindWall, 'mcp-contract': 'mcp-contract.json' })
    expect(kept.conclusion, kept.log).toBe('success')

    writeFileSync(join(directory, 'checkout/mcp-contract.json'), ready.replace('search_docs', 'search'))
    const broken = await verify(lab.url, { ...behindWall, 'mcp-contract': 'mcp-contract.json' })
    expect(broken.conclusion).toBe('failure')
    expect(broken.outputs['gate-code']).toBe('CONTRACT_BROKEN')
    expect(broken.summary).toContain('removed `search`')
  })
})

interface Delivery {
  readonly signed: boolean
  readonly body: { event: string; failure: { phase: string; code: string } | null; endpoint: string | null }
}

/** A receiver of deliveries that answers them with `status`. */
async function receive(secret: string, status = 204) {
  const deliveries: Delivery[] = []
  const listening = await listen(
    createServer(async (incoming, response) => {
      const text = await readBody(incoming)
      const { 'x-mcp-deploy-timestamp': time, 'x-mcp-deploy-signature-256': given } = incoming.headers
      deliveries.push({ signed: given === signature(secret, Number(time), text), body: JSON.parse(text) })
      response.writeHead(status, { location: 'https://elsewhere.example/' }).end()
    }),
  )
  return {
    deliveries,
    url: `${listening.url}/t0ken1-in-the-path`,
    [Symbol.asyncDispose]: listening[Symbol.asyncDispose],
  }
}

describe('how it ended', { timeout: LONG }, () => {
  const hook = { 'webhook-secret': 'the-webhook-s3cret' }

  it('green: no failed phase, and the webhook is told', async () => {
    await using hooks = await receive(hook['webhook-secret'])
    await using lab = await faulty(mcpLike())
    const run = await verify(`${lab.url}/mcp`, { ...hook, 'webhook-url': hooks.url })
    expect(run.conclusion, run.log).toBe('success')
    expect(run.outputs).toMatchObject({ gate: 'passed', 'gate-code': '', 'failed-phase': '' })
    expect(hooks.deliveries).toMatchObject([
      { signed: true, body: { event: 'verification.passed', failure: null, endpoint: `${lab.url}/mcp` } },
    ])
    expect(run.summary).toMatch(/\*\*Notified\*\* the webhook/)
    const report = readFileSync(run.outputs['gate-report'] ?? '', 'utf8')
    expect(JSON.parse(report).monitors).toMatchObject([{ monitor: 'webhook', outcome: 'delivered' }])
    expect(run.masks).toEqual(expect.arrayContaining([hooks.url, 'the-webhook-s3cret']))
    expect([run.log, run.summary, report].join('\n')).not.toMatch(/t0ken1-in-the-path|webhook-s3cret/)
  })

  it('red at the gate: its phase, its code, and the webhook is told both; the monitor is not asked to sleep', async () => {
    await using hooks = await receive(hook['webhook-secret'])
    await using lab = await faulty((_, __, res) => reply(res, 404, 'text/plain', 'nothing here'))
    const alive = await startAliveMcp()
    const run = await verify(`${lab.url}/mcp`, {
      ...hook,
      'webhook-url': hooks.url,
      'alivemcp-api-key': alive.apiKey,
      'alivemcp-api-url': alive.apiUrl,
    })
    await alive.stop()
    expect(run.conclusion).toBe('failure')
    expect(run.outputs).toMatchObject({ gate: 'failed', 'gate-code': 'PATH_404', 'failed-phase': 'gate' })
    const failure = { phase: 'gate', code: 'PATH_404' }
    expect(hooks.deliveries).toMatchObject([{ signed: true, body: { event: 'verification.failed', failure } }])
    expect(alive.requests).toEqual([])
  })

  it('red before anything was done: the phase is start', async () => {
    const run = await verify('http://127.0.0.1:9/mcp', { 'mcp-timeout': 'soon' })
    expect(run.conclusion).toBe('failure')
    expect(run.outputs).toMatchObject({ 'gate-code': '', 'failed-phase': 'start' })
  })

  it('red in a phase of Terraform: its name, no code', async () => {
    await using hooks = await receive(hook['webhook-secret'])
    writeFileSync(join(directory, 'checkout/main.tf'), 'output "mcp_endpoint" { value = "https://mcp.example" }')
    const run = await verify('', { ...hook, 'webhook-url': hooks.url, 'terraform-version': 'not-a-version' })
    expect(run.conclusion).toBe('failure')
    expect(run.outputs).toMatchObject({ gate: 'skipped', 'gate-code': '', 'failed-phase': 'install' })
    expect(hooks.deliveries).toMatchObject([
      { body: { endpoint: null, failure: { phase: 'install', code: 'INPUT_INVALID' } } },
    ])
  })

  it('a webhook that redirects is a warning, and changes no verdict', async () => {
    await using hooks = await receive(hook['webhook-secret'], 307)
    await using lab = await faulty(mcpLike())
    const run = await verify(`${lab.url}/mcp`, { ...hook, 'webhook-url': hooks.url })
    expect(run.conclusion).toBe('success')
    expect(run.outputs['failed-phase']).toBe('')
    const warnings = run.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)
    expect(warnings).toEqual([
      expect.stringMatching(/was not notified of verification\.passed: it answered 307, a redirect/),
    ])
    expect(hooks.deliveries).toHaveLength(1)
  })
})
