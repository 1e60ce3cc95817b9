/**
 * `command: verify` with an endpoint, through the shipped dist as the runner drives it: it needs neither Terraform nor
 * AWS, writes every file it names, and shows no secret.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mcpLike, tool } from './support/mcp/faults.ts'
import { TOKEN, walled } from './support/mcp/wall.ts'
import { type ActionResult, runAction } from './support/runner.ts'
import { readXml } from './support/xml.ts'

const LONG = 120_000
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'verify-'))
  mkdirSync(join(directory, 'checkout'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function verify(url: string, inputs: Record<string, string>): Promise<ActionResult> {
  return runAction({
    action: fileURLToPath(new URL('../', import.meta.url)),
    inputs: { command: 'verify', 'mcp-endpoint': url, comment: 'never', 'mcp-timeout': '30s', ...inputs },
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
}

const behindWall = {
  'mcp-expect': 'auth-wall',
  'mcp-oauth-client-id': 'deployer',
  'mcp-oauth-client-secret': 'oauth-s3cret-4c1d',
}

describe('verify', { timeout: LONG }, () => {
  it('goes past the wall, gives the contract to commit, and is green once it is committed', async () => {
    await using lab = await walled({
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
    const files = ['gate-report', 'gate-junit', 'mcp-contract-file'].map(name => outputs[name] ?? '')
    expect(files.every(existsSync)).toBe(true)
    const texts = files.map(file => readFileSync(file, 'utf8'))
    expect(readXml(texts[1] ?? '').name).toBe('testsuites')
    expect(first.masks).toEqual(expect.arrayContaining([TOKEN, 'oauth-s3cret-4c1d']))
    expect([first.log, first.summary, ...texts].join('\n')).not.toMatch(/t0ken|oauth-s3cret/)
  })

  it('is red when the committed contract is broken, or not there', async () => {
    await using lab = await walled()
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
