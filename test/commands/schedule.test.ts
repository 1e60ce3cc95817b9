/**
 * A scheduled `verify` of an endpoint through the shipped dist as the runner drives it: the certificate, and the one issue that
 * is opened while it is red and closed when it is green. It needs neither Terraform nor AWS.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forwardTo } from '../support/egress.ts'
import { type Permissions, startGitHub } from '../support/github.ts'
import { authority, faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { listen } from '../support/mcp/listen.ts'
import { runAction } from '../support/runner.ts'

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
const ajv = new Ajv2020({ strict: false })
formats.default(ajv)
const valid = ajv.compile(schema)

let directory: string
let standIn: Awaited<ReturnType<typeof startGitHub>>
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'schedule-'))
  mkdirSync(join(directory, 'checkout'))
})
afterEach(async () => {
  expect(standIn.violations).toEqual([])
  await standIn.stop()
  rmSync(directory, { recursive: true, force: true })
})

const gitHub = async (permissions: Permissions) => {
  standIn = await startGitHub({ owner: 'octo', repo: 'infra', permissions })
}
const verify = (url: string, inputs: Record<string, string> = {}) =>
  runAction({
    action: fileURLToPath(new URL('../../', import.meta.url)),
    inputs: { 'mcp-endpoint': url, 'mcp-timeout': '20s', issue: 'failures', ...inputs },
    event: { name: 'schedule', payload: {} },
    env: { NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem') },
    workspace: join(directory, 'checkout'),
    temp: join(directory, 'temp'),
    github: {
      apiUrl: standIn.apiUrl,
      token: standIn.token,
      repository: 'octo/infra',
      sha: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
      ref: 'refs/heads/main',
    },
  })
const issues = async (state: 'open' | 'closed') =>
  (await standIn.octokit.rest.issues.listForRepo({ owner: 'octo', repo: 'infra', state })).data

describe('on a schedule', { timeout: 180_000 }, () => {
  it('opens one issue while it is red, and closes it when it is green again', async () => {
    await gitHub({ contents: 'read', issues: 'write' })
    let isWell = false
    const well = mcpLike()
    await using lab = await faulty((asked, req, res) =>
      isWell ? well(asked, req, res) : reply(res, 404, 'text/plain', 'nothing here'),
    )
    const url = `${lab.url}/mcp`
    const red = await verify(url)
    expect(red.conclusion).toBe('failure')
    expect(red.outputs).toMatchObject({
      command: 'verify',
      'gate-code': 'PATH_404',
      'certificate-days-left': '',
      drift: '',
    })
    const [issue, ...more] = await issues('open')
    expect(more).toEqual([])
    expect(issue).toMatchObject({ title: expect.stringContaining(url), body: expect.stringContaining('**PATH_404**') })
    expect(red.outputs['issue-url']).toBe(issue?.html_url)
    const report = JSON.parse(readFileSync(red.outputs['gate-report'] ?? '', 'utf8'))
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
    expect(report.issue).toMatchObject({ number: issue?.number, outcome: 'opened' })

    await verify(url)
    expect(await issues('open')).toMatchObject([{ number: issue?.number, body: issue?.body }])

    isWell = true
    const green = await verify(url)
    expect(green.conclusion, green.log).toBe('success')
    expect(await issues('open')).toEqual([])
    expect(await issues('closed')).toMatchObject([
      { number: issue?.number, body: expect.stringContaining('Passes again') },
    ])
    expect(green.summary).toMatch(/\*\*Issue\*\* .*: closed/)
    expect(standIn.requests.filter(({ operation }) => /deployment/.test(operation))).toEqual([])
  })

  it('is red when the certificate ends soon, by its own code, and a token that may not write issues is a warning', async () => {
    await gitHub({ contents: 'read' })
    await using issuer = await authority()
    writeFileSync(join(directory, 'ca.pem'), issuer.cert)
    await using lab = await faulty(mcpLike())
    const front = createServer(await issuer.issue('127.0.0.1', 19.5), forwardTo(lab.url))
    await using listening = await listen(front, 'https')
    const url = `${listening.url}/mcp`
    const red = await verify(url)
    expect(red.conclusion).toBe('failure')
    expect(red.outputs).toMatchObject({
      gate: 'passed',
      'gate-code': 'CERTIFICATE_EXPIRES',
      'failed-phase': 'certificate',
      'certificate-days-left': '19',
      'issue-url': '',
    })
    expect(red.summary).toMatch(/❌ \*\*Certificate\*\* of .*: 19 days left/)
    const levels = red.annotations.map(({ level, message }) => `${level}: ${message}`)
    expect(levels).toContainEqual(expect.stringMatching(/^error: CERTIFICATE_EXPIRES: .*expires in 19 days/))
    expect(levels).toContainEqual(expect.stringMatching(/^warning: .*`issues: write`/))
    const report = JSON.parse(readFileSync(red.outputs['gate-report'] ?? '', 'utf8'))
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
    expect(report.certificate).toMatchObject({ daysLeft: 19, issuer: 'Lab Authority', names: ['127.0.0.1'] })

    const enough = await verify(url, { 'certificate-days': '19' })
    expect(enough.conclusion, enough.log).toBe('success')
    expect(enough.summary).toMatch(/✅ \*\*Certificate\*\*/)
  })
})
