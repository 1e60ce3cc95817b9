/** How a release is asked for again when its server has trouble, with waits of milliseconds. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InputError, ServiceError } from '../../../src/errors.ts'
import { type InstallOptions, installTerraform } from '../../../src/terraform/install/install.ts'
import { type HashicorpReleases, hashicorpReleases } from '../../support/hashicorp-releases.ts'
import { type Listening, listen } from '../../support/mcp/listen.ts'
import { makeKey } from '../../support/openpgp.ts'

const key = makeKey()
let directory: string
let releases: HashicorpReleases
let server: Listening
let paths: string[]
/** Answers in place of the releases when it returns true. */
let inTheWay: (path: string, response: Parameters<RequestListener>[1]) => boolean

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'download-'))
  for (const name of ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE']) process.env[name] = join(directory, name)
  mkdirSync(join(directory, 'RUNNER_TEMP'))
  const binary = join(directory, 'terraform')
  writeFileSync(binary, '#!/bin/sh\necho released\n')
  chmodSync(binary, 0o755)
  releases = await hashicorpReleases({ versions: ['1.5.3'], binary, key })
  paths = []
  inTheWay = () => false
  server = await listen(
    createServer((request, response) => {
      const path = (request.url ?? '').replace(/^.*1\.5\.3_|_?(linux|darwin)_\w+/g, '')
      paths.push(path)
      if (!inTheWay(path, response)) releases.handler(request, response)
    }),
  )
})
afterEach(async () => {
  for (const name of ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE']) delete process.env[name]
  await server[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

function install(more: Partial<InstallOptions> = {}) {
  return installTerraform({
    tool: 'terraform',
    version: '1.5.3',
    directory,
    stack: undefined,
    mirror: { url: server.url, key: key.armored },
    warn: text => expect.unreachable(text),
    times: { timeoutMs: 300, retryDelayMs: 20, archiveRetryDelaysMs: [10, 20], idleTimeoutMs: 400 },
    ...more,
  })
}

/** Fails the first requests for a path in one way. */
function failing(path: RegExp, times: number, fail: (response: Parameters<RequestListener>[1]) => void): void {
  let remaining = times
  inTheWay = (asked, response) => {
    if (!path.test(asked) || remaining-- <= 0) return false
    fail(response)
    return true
  }
}

const overloaded = (response: Parameters<RequestListener>[1]) => void response.writeHead(503).end()
const breaksOff = (response: Parameters<RequestListener>[1]) => {
  response.writeHead(200, { 'content-length': '100000' }).write('PK')
  setTimeout(() => response.destroy(), 20)
}
const stalls = (response: Parameters<RequestListener>[1]) =>
  void response.writeHead(200, { 'content-length': '100000' }).write('PK')

test('what is installed runs, and nothing of the download is left', async () => {
  const { binary, version } = await install()
  expect(version).toBe('1.5.3')
  expect(paths).toEqual(['SHA256SUMS', 'SHA256SUMS.sig', '.zip'])
  expect(binary.startsWith(join(directory, 'RUNNER_TEMP'))).toBe(true)
  expect(readdirSync(join(directory, 'RUNNER_TEMP'))).toHaveLength(1)
})

test.each([
  ['an archive that is not there yet', /zip/, overloaded],
  ['an archive that breaks off', /zip/, breaksOff],
  ['an archive of which no more comes', /zip/, stalls],
  ['checksums that are not there yet', /SUMS$/, overloaded],
  ['a signature that breaks off', /sig$/, breaksOff],
])('%s is asked for again', async (_, path, fail) => {
  failing(path, 2, fail)
  await install({ times: { timeoutMs: 5_000, retryDelayMs: 20, archiveRetryDelaysMs: [10, 20], idleTimeoutMs: 400 } })
  expect(paths.filter(each => path.test(each))).toHaveLength(3)
})

test('the third failure of an archive is the last', async () => {
  failing(/zip/, 99, overloaded)
  await expect(install()).rejects.toThrow(/^Terraform could not be installed from http.*\.zip: it answered 503$/)
  expect(paths.filter(path => /zip/.test(path))).toHaveLength(3)
  expect(readdirSync(join(directory, 'RUNNER_TEMP'))).toEqual([])
})

test('what is not there is not asked for again', async () => {
  failing(/zip/, 99, response => response.writeHead(404).end())
  await expect(install()).rejects.toThrow(ServiceError)
  failing(/SUMS$/, 99, response => response.writeHead(404).end())
  await expect(install()).rejects.toThrow(InputError)
  expect(paths).toEqual(['SHA256SUMS', 'SHA256SUMS.sig', '.zip', 'SHA256SUMS'])
})

test.each([
  [
    '1.4.7',
    /^Terraform 1\.4\.7 from the input terraform-version is too old: this action needs 1\.5\.0 or newer\. Nothing was run\.$/,
  ],
  ['0.12.31', /^Terraform 0\.12\.31 .* is too old/],
  ['1.1', /Nothing was run\. If you mean 1\.10, write it in quotes: YAML reads it as the number 1\.1\.$/],
])('%s is refused before anything is downloaded', async (version, message) => {
  await expect(install({ version })).rejects.toThrow(message)
  expect(paths).toEqual([])
})

describe('a version that the root module does not allow', () => {
  const required = (constraint: string) =>
    writeFileSync(join(directory, 'main.tf'), `terraform {\n  required_version = "${constraint}"\n}\n`)

  test('is refused with both places before anything is downloaded', async () => {
    required('>= 1.10')
    await expect(install()).rejects.toThrow(
      /^Terraform 1\.5\.3 from the input terraform-version does not meet the required version ">= 1\.10" in main\.tf\. Nothing was run\. /,
    )
    writeFileSync(join(directory, '.terraform-version'), '1.5.3\n')
    await expect(install({ version: undefined })).rejects.toThrow(
      /^Terraform 1\.5\.3 from \.terraform-version does not meet/,
    )
    expect(paths).toEqual([])
  })

  test.each(['>= 1.5', '~> 1.5.0', '1.5.3', '${var.version}'])('is not one for %s', async constraint => {
    required(constraint)
    expect((await install()).version).toBe('1.5.3')
  })
})

test('OpenTofu has its own first version', async () => {
  const message = /^OpenTofu 1\.5\.3 from .* is too old: this action needs 1\.6\.0 or newer/
  await expect(install({ tool: 'tofu' })).rejects.toThrow(message)
})

test('a version that is too old for the shipped module is refused before anything is downloaded', async () => {
  writeFileSync(join(directory, 'versions.tf'), 'terraform {\n  required_version = ">= 1.11"\n}\n')
  await expect(install({ stack: 'ecs' })).rejects.toThrow(
    /^Terraform 1\.5\.3 from the input terraform-version is too old: stack: ecs needs >= 1\.11\. Nothing was run\.$/,
  )
  await expect(install()).rejects.toThrow(/^Terraform 1\.5\.3 from the input terraform-version does not meet/)
  expect(paths).toEqual([])
})

test('a version that does not exist is named with the place that says so', async () => {
  await expect(install({ version: '1.99.0' })).rejects.toThrow(
    /^Terraform 1\.99\.0 from the input terraform-version does not exist: http.*SHA256SUMS answered 404\. Is it in the mirror/,
  )
  await expect(install({ version: '~> 1.99' })).rejects.toThrow(
    /^No release of Terraform matches "~> 1\.99" from the input terraform-version\.$/,
  )
})

test('a release lies behind redirects, as those of GitHub do', async () => {
  inTheWay = (path, response) => {
    if (path.startsWith('/elsewhere')) return false
    if (!/zip/.test(path)) return false
    if (paths.filter(each => /zip/.test(each)).length > 1) return false
    const { length } = paths
    response.writeHead(302, { location: `/terraform/1.5.3/terraform_1.5.3_${platform}.zip?${length}` }).end()
    return true
  }
  await install()
  expect(paths.filter(path => /zip/.test(path))).toEqual(['.zip', '.zip?3'])
})

const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`
