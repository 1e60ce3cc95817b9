import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tools } from '../../src/terraform/tools.ts'
import { type Egress, startEgress } from '../support/egress.ts'
import { type HashicorpReleases, hashicorpReleases } from '../support/hashicorp-releases.ts'
import { makeKey } from '../support/openpgp.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

/** Stands in for releases.hashicorp.com, with releases that a key of the test's own has signed. */
const mirror = 'https://mirror.example'
const host = `${mirror}/terraform`
const key = makeKey()
const genuine = fileURLToPath(new URL('../fixtures/releases/', import.meta.url))
const action = fileURLToPath(new URL('../../', import.meta.url))

let terraform: string
let terraformVersion: string
let directory: string
let workspace: string
let bin: string
/** One line for each time that the downloaded Terraform ran. */
let ran: string
let releases: HashicorpReleases
let egress: Egress
/** What releases.hashicorp.com answers. */
let publisher: RequestListener

beforeAll(async () => {
  terraform = realpathSync(await pathOf('terraform'))
  const { stdout } = await promisify(execFile)(terraform, ['version', '-json'])
  terraformVersion = JSON.parse(stdout).terraform_version
})

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'install-e2e-'))
  workspace = join(directory, 'checkout')
  bin = join(directory, 'bin')
  ran = join(directory, 'ran')
  for (const each of [workspace, bin, join(workspace, '.git')]) mkdirSync(each)
  symlinkSync(await pathOf('sh'), join(bin, 'sh'))
  writeFileSync(
    join(workspace, 'main.tf'),
    'output "mcp_endpoint" { value = "https://mcp.example" }\noutput "instance_id" { value = "i-1" }\n',
  )
  const binary = script(join(directory, 'released'), `echo "$@" >> '${ran}'\nexec '${terraform}' "$@"`)
  releases = await hashicorpReleases({
    versions: ['1.9.8', '1.11.4', '1.12.0', '1.13.0-rc1', tools.terraform.defaultVersion],
    binary,
    key,
  })
  egress = await startEgress({
    'mirror.example': (request, response) => releases.handler(request, response),
    'releases.hashicorp.com': (request, response) => publisher(request, response),
  })
})
afterEach(async () => {
  await egress.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function pathOf(command: string): Promise<string> {
  return (await promisify(execFile)('which', [command])).stdout.trim()
}

function script(path: string, body: string): string {
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}

/** A plan on a machine that has nothing but `bin` on PATH. */
function plan(
  version = '',
  env: Record<string, string> = {},
  inputs: Record<string, string> = { 'terraform-mirror': mirror, 'terraform-mirror-key': key.armored },
): Promise<ActionResult> {
  return runAction({
    action,
    inputs: { command: 'plan', comment: 'never', 'terraform-version': version, ...inputs },
    event: { name: 'workflow_dispatch', payload: {} },
    workspace,
    temp: join(directory, 'temp'),
    toolCache: join(directory, 'tools'),
    env: { ...egress.env, PATH: bin, ...env },
    github: {
      apiUrl: 'http://127.0.0.1:9',
      token: 'ghs_x',
      repository: 'acme/infra',
      sha: 'abc0'.repeat(10),
      ref: 'refs/heads/main',
    },
  })
}

function cached(): string {
  const version = join(directory, 'tools/terraform-releases/1.12.0')
  const [arch = ''] = readdirSync(version).filter(name => !name.endsWith('.complete'))
  return join(version, arch)
}

const paths = () => egress.requests.map(({ path }) => path.replace(/(linux|darwin)_\w+/, 'PLATFORM'))
const errors = (run: ActionResult) =>
  run.annotations
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message)
    .join('\n')

describe('without a Terraform on PATH', () => {
  test('it is downloaded, checked and kept; the second run checks again and downloads nothing', async () => {
    const first = await plan('1.12.0')
    expect(errors(first)).toBe('')
    expect(first.conclusion).toBe('success')
    expect(paths()).toEqual([
      '/terraform/1.12.0/terraform_1.12.0_SHA256SUMS',
      '/terraform/1.12.0/terraform_1.12.0_SHA256SUMS.sig',
      '/terraform/1.12.0/terraform_1.12.0_PLATFORM.zip',
    ])
    expect(readdirSync(cached())).toHaveLength(3)
    expect(readFileSync(ran, 'utf8')).toMatch(/^init /)

    egress.requests.length = 0
    const second = await plan('1.12.0')
    expect(second.conclusion).toBe('success')
    expect(egress.requests).toEqual([])
    expect(second.log).toContain(`Terraform 1.12.0: ${join(directory, 'temp')}`)
    expect(second.annotations).toEqual([])
    expect(egress.refused).toEqual([])
  })

  test.each([
    ['the archive', /\.zip$/, /the SHA-256 of terraform_1.12.0_\w+.zip is \w+, not/],
    ['the checksums', /SHA256SUMS$/, /it does not match this content/],
    ['the signature', /\.sig$/, /it is not one signature|it is not OpenPGP|it is truncated/],
  ])(
    'a tool cache in which somebody changed %s is not used: the log says so, and the release is downloaded again',
    async (_, file, why) => {
      await plan('1.12.0')
      rmSync(ran)
      egress.requests.length = 0
      const name = readdirSync(cached()).find(each => file.test(each)) ?? ''
      writeFileSync(join(cached(), name), 'PK poisoned')
      const run = await plan('1.12.0')
      expect(run.conclusion).toBe('success')
      expect(run.annotations).toMatchObject([{ level: 'warning', message: expect.stringMatching(why) }])
      expect(paths()).toHaveLength(3)
      egress.requests.length = 0
      expect((await plan('1.12.0')).annotations).toEqual([])
      expect(egress.requests).toEqual([])
    },
  )

  test('what a mirror of your own has signed is not believed without its key', async () => {
    await plan('1.12.0')
    rmSync(ran)
    publisher = releases.handler
    const run = await plan('1.12.0', {}, {})
    expect(run.conclusion).toBe('failure')
    expect(errors(run)).toMatch(
      /SHA256SUMS has no valid signature of HashiCorp: .* created by the key [0-9A-F]{16} and [0-9A-F]{40}, which is not trusted/,
    )
    expect(existsSync(ran)).toBe(false)
  })

  test.each([
    ['the newest that fits a constraint', '>= 1.9, < 1.12', '1.11.4'],
    ['the newest of all, but no pre-release', 'latest', tools.terraform.defaultVersion],
    ['a pre-release that is named', '1.13.0-rc1', '1.13.0-rc1'],
  ])('%s', async (_, wanted, version) => {
    const run = await plan(wanted)
    expect(run.conclusion).toBe('success')
    expect(run.log).toContain(`Terraform ${version}: `)
  })

  test('without a wish it is the version this release was tested with, and no list is asked', async () => {
    const run = await plan()
    expect(run.log).toContain(`Terraform ${tools.terraform.defaultVersion}: `)
    expect(paths()).not.toContain('/terraform/index.json')
  })

  test('a version that is needed by required_version', async () => {
    writeFileSync(join(workspace, 'versions.tf'), 'terraform {\n  required_version = "~> 1.11.0"\n}\n')
    expect((await plan()).log).toContain('Terraform 1.11.4: ')
  })
})

describe('a fault is red, named with its address, and runs nothing', () => {
  const sums = `${host}/1.12.0/terraform_1.12.0_SHA256SUMS`
  const archive = `${host}/1.12.0/terraform_1.12.0_`

  test.each([
    [
      'another archive',
      '1.12.0',
      'other-zip',
      /./,
      archive,
      /differs from the release of the owner of .* it is another archive.* not run/,
    ],
    ['half an archive', '1.12.0', 'truncated-zip', /./, archive, /it is truncated after \d+ bytes.* not run/],
    ['nothing at all', '1.12.0', 'empty', /zip$/, archive, /it is empty/],
    [
      'a page in the place of the archive',
      '1.12.0',
      'html',
      /zip$/,
      archive,
      /it is not an archive: a proxy or a sign/,
    ],
    [
      'an archive without the program',
      '1.12.0',
      'other-binary',
      /./,
      'terraform_1.12.0_',
      /it does not contain terraform/,
    ],
    [
      'another platform',
      '1.12.0',
      'other-platform',
      /./,
      sums,
      /does not list .*zip: Terraform 1.12.0 is not available for this/,
    ],
    ['no signature', '1.12.0', '404', /\.sig$/, sums, /it has no signature .* so its publisher is unknown/],
    [
      'a page in the place of the signature',
      '1.12.0',
      'html',
      /\.sig$/,
      sums,
      /has no valid signature of .* not OpenPGP/,
    ],
    ['503 for ever: the signature', '1.12.0', '503', /\.sig$/, `${sums}.sig`, /it answered 503/],
    [
      'a page in the place of the sums',
      '1.12.0',
      'html',
      /SHA256SUMS$/,
      sums,
      /did not answer with checksums: a proxy/,
    ],
    ['a page in the place of the list', '~> 1.11', 'html', /index/, `${host}/index.json`, /list of versions: a proxy/],
    [
      'a version that is not there',
      '1.99.0',
      undefined,
      /./,
      '1.99.0_SHA256SUMS',
      /Terraform 1.99.0 from .* does not exist/,
    ],
    [
      'a constraint that none fits',
      '>= 1.99',
      undefined,
      /./,
      '',
      /No release of Terraform matches ">= 1.99" from the inp/,
    ],
    ['sums without an archive', '1.12.0', '404', /zip$/, archive, /answered 404, although the checksums list it/],
    ['an archive without sums', '1.12.0', '404', /SHA256SUMS$/, sums, /Terraform 1.12.0 from .* does not exist/],
    ['503 for ever: the sums', '1.12.0', '503', /SHA256SUMS$/, sums, /could not be installed from .*it answered 503/],
    ['503 for ever: the archive', '1.12.0', '503', /zip$/, archive, /could not be installed from .*503/],
    ['a refused list', 'latest', '404', /index/, `${host}/index.json`, /it answered 404/],
  ] as const)('%s', async (_, version, fault, path, address, message) => {
    releases.fault = fault
    releases.faultPath = path
    const run = await plan(version)
    expect(run.conclusion).toBe('failure')
    expect(errors(run)).toMatch(message)
    expect(errors(run)).toContain(address)
    expect(existsSync(ran)).toBe(false)
    expect(existsSync(join(directory, 'tools/terraform-releases')) && fault !== 'other-binary').toBe(false)
  })

  test('503 twice is asked again', async () => {
    releases.fault = '503'
    const { handler } = releases
    releases.handler = (request, response) => {
      if (egress.requests.length > 2) releases.fault = undefined
      handler(request, response)
    }
    const run = await plan('1.12.0')
    expect(errors(run)).toBe('')
    expect(run.conclusion).toBe('success')
    expect(paths().filter(path => path.endsWith('SHA256SUMS'))).toHaveLength(3)
  })

  test('a host that is not reached', async () => {
    const run = await plan('1.12.0', { HTTPS_PROXY: 'http://127.0.0.1:9' })
    expect(run.conclusion).toBe('failure')
    expect(errors(run)).toContain(sums)
    expect(errors(run)).toContain('ECONNREFUSED')
  })

  test('a key of the mirror that is none is named as the input that it is', async () => {
    const run = await plan('1.12.0', {}, { 'terraform-mirror': mirror, 'terraform-mirror-key': 'ssh-ed25519 AAAA' })
    expect(run.conclusion).toBe('failure')
    expect(errors(run)).toMatch(/Input terraform-mirror-key: it is not an armored public key block/)
    expect(egress.requests).toEqual([])
  })
})

describe('from HashiCorp itself', () => {
  /** The genuine checksums and signature of 1.13.5, and in the place of the archive what the test puts there. */
  const serve =
    (changed: (sums: Buffer) => Buffer): RequestListener =>
    (request, response) => {
      const [, file = ''] = /^\/terraform\/1\.13\.5\/(terraform_1\.13\.5_.+)$/.exec(request.url ?? '') ?? []
      const name = join(genuine, file.replace('.72D7468F', ''))
      if (file.endsWith('.zip')) return response.end("PK\x03\x04 somebody else's")
      if (!file || !existsSync(name)) return response.writeHead(404).end()
      response.end(file.endsWith('SUMS') ? changed(readFileSync(name)) : readFileSync(name))
    }

  test('a genuine signature is accepted, and another archive than it vouches for is not', async () => {
    publisher = serve(sums => sums)
    const run = await plan('1.13.5', {}, {})
    expect(run.conclusion).toBe('failure')
    expect(errors(run)).toMatch(
      /releases.hashicorp.com\/terraform\/1.13.5\/\S+.zip differs from the release of HashiCorp/,
    )
    expect(paths()).toEqual([
      '/terraform/1.13.5/terraform_1.13.5_SHA256SUMS',
      '/terraform/1.13.5/terraform_1.13.5_SHA256SUMS.72D7468F.sig',
      '/terraform/1.13.5/terraform_1.13.5_PLATFORM.zip',
    ])
  })

  test('checksums in which one digit was changed are refused before anything is downloaded', async () => {
    publisher = serve(sums => Buffer.from(sums.toString().replace(/[0-9a-f]/, digit => (digit === '0' ? '1' : '0'))))
    const run = await plan('1.13.5', {}, {})
    expect(run.conclusion).toBe('failure')
    expect(errors(run)).toMatch(/SHA256SUMS has no valid signature of HashiCorp: it does not match this content/)
    expect(paths().filter(path => path.endsWith('.zip'))).toEqual([])
  })
})

describe('OpenTofu', () => {
  test('its releases, its version file, its program', async () => {
    const script_ = script(join(directory, 'released-tofu'), `echo "$@" >> '${ran}'\nexec '${terraform}' "$@"`)
    releases = await hashicorpReleases({ versions: ['1.9.1', '1.10.6'], binary: script_, tool: 'tofu', key })
    const inputs = { tool: 'tofu', 'terraform-mirror': mirror, 'terraform-mirror-key': key.armored }
    writeFileSync(join(workspace, '.opentofu-version'), '1.9.1\n')
    const run = await plan('', {}, inputs)
    expect(errors(run)).toBe('')
    expect(run.log).toMatch(/OpenTofu 1\.9\.1: \S+\/tofu$/m)
    expect(readFileSync(ran, 'utf8')).toMatch(/^plan /m)
    expect(paths()).toEqual([
      '/v1.9.1/tofu_1.9.1_SHA256SUMS',
      '/v1.9.1/tofu_1.9.1_SHA256SUMS.gpgsig',
      '/v1.9.1/tofu_1.9.1_PLATFORM.zip',
    ])
    expect((await plan('>= 1.9, < 2', {}, inputs)).log).toContain('OpenTofu 1.10.6: ')
    expect(paths()).toContain('/api.json')
    writeFileSync(join(workspace, 'main.tf'), 'nonsense')
    expect(errors(await plan('', {}, inputs))).toMatch(/tofu init failed with exit code 1/)
  })
})

describe('with a Terraform on PATH', () => {
  test('it is used when it fits', async () => {
    symlinkSync(terraform, join(bin, 'terraform'))
    const run = await plan(`~> ${terraformVersion}`)
    expect(run.conclusion).toBe('success')
    expect(run.log).toContain(`Terraform ${terraformVersion}: ${join(bin, 'terraform')}`)
    expect(egress.requests).toEqual([])
  })

  test('another one is downloaded when it does not fit', async () => {
    symlinkSync(terraform, join(bin, 'terraform'))
    const run = await plan('1.9.8')
    expect(run.log).toContain(`Terraform 1.9.8: ${join(directory, 'temp')}`)
    expect(readFileSync(ran, 'utf8')).toMatch(/^plan /m)
  })

  test('so it is when what is on PATH is broken', async () => {
    script(join(bin, 'terraform'), 'exit 1')
    expect((await plan('1.12.0')).log).toContain(`Terraform 1.12.0: ${join(directory, 'temp')}`)
  })

  test('behind the wrapper of hashicorp/setup-terraform the real one is used', async () => {
    const wrapped = join(directory, 'wrapped')
    script(join(bin, 'terraform'), `echo wrapper >> '${wrapped}'\nexec '${bin}/terraform-bin' "$@"`)
    symlinkSync(terraform, join(bin, 'terraform-bin'))
    const run = await plan('', { TERRAFORM_CLI_PATH: bin })
    expect(run.conclusion).toBe('success')
    expect(run.outputs['has-changes']).toBe('true')
    expect(run.log).toContain(`: ${join(bin, 'terraform-bin')}`)
    expect(existsSync(wrapped)).toBe(false)
  })
})
