import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readSigningKeys, verifyDetached } from '../../src/terraform/install/openpgp.ts'
import { type Egress, forwardTo, startEgress } from './egress.ts'
import { startGitHub } from './github.ts'
import { type HashicorpReleases, hashicorpReleases } from './hashicorp-releases.ts'
import { makeKey } from './openpgp.ts'
import { type ActionResult, runAction } from './runner.ts'

const releasesHost = 'https://releases.hashicorp.com/terraform'
let directory: string
let terraform: string
let zipName: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'egress-test-'))
  terraform = join(directory, 'terraform')
  writeFileSync(terraform, `#!/bin/sh\necho ${'Terraform v1.2.3 '.repeat(1000)}\n`)
  chmodSync(terraform, 0o755)
  zipName = `linux_${process.arch === 'x64' ? 'amd64' : process.arch}.zip`.replace('linux', process.platform)
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let egress: Egress | undefined
afterEach(async () => {
  await egress?.stop()
  egress = undefined
})

async function sample(scenario: string, env: Record<string, string>, github = {}): Promise<ActionResult> {
  return runAction({
    action: join(import.meta.dirname, 'fixtures/sample-action'),
    inputs: { scenario },
    event: { name: 'push', payload: {} },
    workspace: directory,
    temp: join(directory, 'temp'),
    env: { ...egress?.env, ...env },
    github: {
      apiUrl: 'https://api.github.com',
      token: 'ghs_x',
      repository: 'octo/infra',
      sha: 'abc',
      ref: 'refs/heads/main',
      ...github,
    },
  })
}

describe('the way out', { timeout: 60_000 }, () => {
  test('a chosen host is answered by a stand-in, also for an Octokit that knows nothing of it', async () => {
    const github = await startGitHub({ owner: 'octo', repo: 'infra' })
    try {
      await github.createPullRequest({ title: 'Seen', branch: 'b', files: { a: 'a' } })
      egress = await startEgress({ 'api.github.com': forwardTo(github.apiUrl) })
      const run = await sample('octokit', {}, { token: github.token })
      expect(run.outputs.titles).toBe('["Seen"]')
      expect(egress.requests).toEqual([{ host: 'api.github.com', method: 'GET', path: '/repos/octo/infra/pulls' }])
    } finally {
      await github.stop()
    }
  })

  test('every other host is refused and noted', async () => {
    egress = await startEgress({})
    const run = await sample('octokit', {})
    expect(run.conclusion).toBe('failure')
    expect(egress.refused).toEqual(['api.github.com:443'])
    expect(egress.requests).toEqual([])
  })

  test('so is a host that is asked without encryption, and a port that is not 443', async () => {
    egress = await startEgress({ 'chosen.example': (_, response) => response.end('no') })
    const { hostname, port } = new URL(egress.env.HTTP_PROXY)
    const ask = (options: object) =>
      new Promise(settle => {
        get({ host: hostname, port, ...options }, response => settle(response.statusCode)).once('connect', response =>
          settle(response.statusCode),
        )
      })
    expect(await ask({ path: 'http://chosen.example/latest' })).toBe(403)
    expect(await ask({ method: 'CONNECT', path: 'chosen.example:22' })).toBe(403)
    expect(egress.refused).toEqual(['chosen.example', 'chosen.example:22'])
  })

  test('a process that does not trust the authority hears nothing', async () => {
    egress = await startEgress({ 'api.github.com': (_, response) => response.end('[]') })
    const run = await sample('octokit', { NODE_EXTRA_CA_CERTS: '' })
    expect(run.log).toMatch(/unable to (get local issuer|verify the first) certificate|self-signed certificate/)
    expect(egress.requests).toEqual([])
  })
})

describe('releases.hashicorp.com', { timeout: 60_000 }, () => {
  const key = makeKey()
  let releases: HashicorpReleases
  const download = (path: string) => sample('download', { DOWNLOAD_URL: `${releasesHost}/${path}` })
  const text = async (path: string) => {
    const run = await download(path)
    return readFileSync(run.outputs.archive ?? '', 'utf8')
  }

  async function start(fault?: HashicorpReleases['fault']): Promise<void> {
    releases = await hashicorpReleases({ versions: ['1.11.4', '1.2.3'], binary: terraform, key })
    releases.fault = fault
    egress = await startEgress({ 'releases.hashicorp.com': (request, response) => releases.handler(request, response) })
  }

  test('@actions/tool-cache downloads, extracts and runs what it gets there, and the sum is right', async () => {
    await start()
    const run = await download(`1.2.3/terraform_1.2.3_${zipName}`)
    const { stdout } = await promisify(execFile)(join(run.outputs.folder ?? '', 'terraform'))
    expect(stdout).toContain('Terraform v1.2.3')
    const sum = createHash('sha256')
      .update(readFileSync(run.outputs.archive ?? ''))
      .digest('hex')
    expect(await text('1.2.3/terraform_1.2.3_SHA256SUMS')).toBe(`${sum}  terraform_1.2.3_${zipName}\n`)
    const index = JSON.parse(await text('index.json'))
    expect(Object.keys(index.versions)).toEqual(['1.11.4', '1.2.3'])
  })

  test.each([
    ['what is not there', undefined, 'Unexpected HTTP response: 404'],
    ['404', '404', 'Unexpected HTTP response: 404'],
    // The downloader takes both for a file; only the checksum or the archive itself shows it.
    ['a page instead of the file', 'html', 'End-of-central-directory signature not found'],
    ['half an archive', 'truncated-zip', 'End-of-central-directory signature not found'],
  ] as const)('%s', async (_, fault, message) => {
    await start(fault)
    const version = fault === undefined ? '9.9.9' : '1.2.3'
    const run = await download(`${version}/terraform_${version}_${zipName}`)
    expect(run.conclusion).toBe('failure')
    expect(run.log).toContain(message)
  })

  test("the signature over the sums is the key's, and another archive is not what they say", async () => {
    await start()
    const sums = await text('1.2.3/terraform_1.2.3_SHA256SUMS')
    const signature = readFileSync((await download('1.2.3/terraform_1.2.3_SHA256SUMS.sig')).outputs.archive ?? '')
    expect(() =>
      verifyDetached(Buffer.from(sums), signature, readSigningKeys(key.armored), Date.now() / 1000),
    ).not.toThrow()
    releases.fault = 'other-zip'
    const other = readFileSync((await download(`1.2.3/terraform_1.2.3_${zipName}`)).outputs.archive ?? '')
    expect(sums).not.toContain(createHash('sha256').update(other).digest('hex'))
  })

  test('a fault can be kept to some paths', async () => {
    await start('503')
    releases.faultPath = /SHA256SUMS$/
    expect((await download(`1.2.3/terraform_1.2.3_${zipName}`)).conclusion).toBe('success')
  })

  test('without a binary, the terraform on PATH is in the archive', async () => {
    const path = process.env.PATH
    process.env.PATH = [directory, path].join(delimiter)
    try {
      releases = await hashicorpReleases({ versions: ['1.2.3'], key })
    } finally {
      process.env.PATH = path
    }
    egress = await startEgress({ 'releases.hashicorp.com': releases.handler })
    const run = await download(`1.2.3/terraform_1.2.3_${zipName}`)
    expect(readFileSync(join(run.outputs.folder ?? '', 'terraform'))).toEqual(readFileSync(terraform))
  })
})
