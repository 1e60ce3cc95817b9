/** The digest of an image from a real registry, with each way in which a registry asks for credentials. */
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { CancelledError, ServiceError } from '../../../src/errors.ts'
import { secrets } from '../../../src/log.ts'
import { parseReference } from '../../../src/platforms/images/reference.ts'
import { readRegistryDigest } from '../../../src/platforms/images/registry.ts'
import {
  deleteImage,
  pushImage,
  registryProgram,
  startFront,
  startRegistry,
  tinyImage,
} from '../../support/registry.ts'

const program = await registryProgram()
const registry = program === undefined ? undefined : await startRegistry(program)
afterAll(() => registry?.[Symbol.asyncDispose]())

const times = { requestTimeoutMs: 5_000, retryDelaysMs: [1, 1] }
const users = { robot: 'registry-password' }

/** An environment whose Docker configuration has this content. */
function dockerConfiguration(content: unknown = {}, programs: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'docker-'))
  const bin = join(home, 'bin')
  mkdirSync(bin)
  writeFileSync(join(home, 'config.json'), typeof content === 'string' ? content : JSON.stringify(content))
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  return { HOME: home, DOCKER_CONFIG: home, PATH: `${bin}${delimiter}${process.env.PATH}` }
}

const auth = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString('base64')

function digestOf(text: string, env: NodeJS.ProcessEnv = dockerConfiguration()) {
  const reference = parseReference(text)
  if (reference === undefined) throw new Error(`${text} is no reference`)
  return readRegistryDigest(reference, { env, times })
}

describe.skipIf(registry === undefined)('a registry', () => {
  const host = registry?.host ?? ''
  const image = tinyImage('weather 1')

  test('a tag and a digest lead to the digest of the image; what is not there has none', async () => {
    const digest = await pushImage(host, 'acme/weather', 'v1', image)
    expect(await digestOf(`${host}/acme/weather:v1`)).toBe(digest)
    expect(await digestOf(`${host}/acme/weather@${digest}`)).toBe(digest)
    expect(await digestOf(`${host}/acme/weather:v2`)).toBeUndefined()
    expect(await digestOf(`${host}/acme/other:v1`)).toBeUndefined()
    expect(await digestOf(`${host}/acme/weather@sha256:${'0'.repeat(64)}`)).toBeUndefined()
  })

  test('an image that was deleted has no digest any more', async () => {
    const digest = await pushImage(host, 'acme/gone', 'v1', tinyImage('gone'))
    await deleteImage(host, 'acme/gone', digest)
    expect(await digestOf(`${host}/acme/gone@${digest}`)).toBeUndefined()
  })

  test('without the header of the digest, the digest is computed from the manifest', async () => {
    const digest = await pushImage(host, 'acme/weather', 'v1', image)
    await using front = await startFront(host, { scheme: 'bearer', users: {}, without: ['docker-content-digest'] })
    expect(await digestOf(`${front.host}/acme/weather:v1`)).toBe(digest)
    expect(front.requests.filter(request => request.startsWith('GET /v2/'))).toHaveLength(1)
  })

  test('an anonymous token is asked for by the scope of the challenge, and used once', async () => {
    const digest = await pushImage(host, 'acme/weather', 'v1', image)
    await using front = await startFront(host, { scheme: 'bearer', users: {} })
    expect(await digestOf(`${front.host}/acme/weather:v1`)).toBe(digest)
    expect(front.requests).toEqual([
      'HEAD /v2/acme/weather/manifests/v1',
      `GET /token?service=${encodeURIComponent(front.host)}&scope=repository%3Aacme%2Fweather%3Apull`,
      'HEAD /v2/acme/weather/manifests/v1',
    ])
  })

  describe.each(['basic', 'bearer'] as const)('that asks for %s credentials', scheme => {
    test('gets those of the configuration of Docker, which are redacted from then on', async () => {
      const digest = await pushImage(host, 'acme/weather', 'v1', image)
      await using front = await startFront(host, { scheme, users })
      const forms = [front.host, `https://${front.host}`, `http://${front.host}/v1/`]
      for (const key of forms) {
        const env = dockerConfiguration({ auths: { [key]: { auth: auth('robot', 'registry-password') } } })
        expect(await digestOf(`${front.host}/acme/weather:v1`, env)).toBe(digest)
      }
      expect(secrets.redact('it is registry-password.')).toBe('it is ***.')
      expect(secrets.redact(auth('robot', 'registry-password'))).toBe('***')
    })

    test('gets those of a credential helper, which comes before the file', async () => {
      const digest = await pushImage(host, 'acme/weather', 'v1', image)
      await using front = await startFront(host, { scheme, users })
      const helper = `read server\n[ "$1" = get ] && [ "$server" = "${front.host}" ] || exit 1\necho '{"ServerURL":"x","Username":"robot","Secret":"registry-password"}'`
      const wrong = { [front.host]: { auth: auth('robot', 'another-password') } }
      const programs = { 'docker-credential-vault': helper }
      for (const names of [{ credHelpers: { [front.host]: 'vault' } }, { credsStore: 'vault' }]) {
        const env = dockerConfiguration({ ...names, auths: wrong }, programs)
        expect(await digestOf(`${front.host}/acme/weather:v1`, env)).toBe(digest)
      }
    })

    test.each([
      ['none', {}],
      ['those of another registry', { auths: { 'ghcr.io': { auth: auth('robot', 'registry-password') } } }],
      ['wrong ones', 'wrong'],
    ])('refuses %s', async (_, content) => {
      await using front = await startFront(host, { scheme, users })
      const wrong = { auths: { [front.host]: { auth: auth('robot', 'wrong-password') } } }
      const env = dockerConfiguration(content === 'wrong' ? wrong : content)
      await expect(digestOf(`${front.host}/acme/weather:v1`, env)).rejects.toThrow(
        scheme === 'basic' ? /it answers 401: the credentials of this job/ : /gives no token for it .* \(status 401\)/,
      )
    })
  })

  test('an identity token is exchanged for a token by POST', async () => {
    const digest = await pushImage(host, 'acme/weather', 'v1', image)
    await using front = await startFront(host, { scheme: 'bearer', users, identityTokens: ['identity-token-1'] })
    const env = dockerConfiguration({ auths: { [front.host]: { identitytoken: 'identity-token-1' } } })
    expect(await digestOf(`${front.host}/acme/weather:v1`, env)).toBe(digest)
    const other = dockerConfiguration({ auths: { [front.host]: { identitytoken: 'identity-token-2' } } })
    await expect(digestOf(`${front.host}/acme/weather:v1`, other)).rejects.toThrow(/gives no token/)
  })

  test('a token server without https gets no password', async () => {
    await using front = await startFront(host, { scheme: 'bearer', users, realm: 'http://192.0.2.1/token' })
    const env = dockerConfiguration({ auths: { [front.host]: { auth: auth('robot', 'registry-password') } } })
    await expect(digestOf(`${front.host}/acme/weather:v1`, env)).rejects.toThrow(
      'it sends clients for a token to http://192.0.2.1/token, which does not begin with https://',
    )
    expect(front.requests).toHaveLength(1)
  })

  test('a helper that is not there is an error, and one with a path is not run', async () => {
    await using front = await startFront(host, { scheme: 'basic', users })
    for (const name of ['missing', '../bin/evil']) {
      const env = dockerConfiguration({ credsStore: name })
      await expect(digestOf(`${front.host}/acme/weather:v1`, env)).rejects.toThrow(
        `the credential helper ${name}, which is not on PATH`,
      )
    }
  })

  test('an error of the server is asked again twice, and then it is an error', async () => {
    const digest = await pushImage(host, 'acme/weather', 'v1', image)
    await using patient = await startFront(host, { scheme: 'bearer', users: {}, failsFirst: [503, 429] })
    expect(await digestOf(`${patient.host}/acme/weather:v1`)).toBe(digest)
    await using broken = await startFront(host, { scheme: 'bearer', users: {}, failsFirst: [503, 503, 503, 503] })
    await expect(digestOf(`${broken.host}/acme/weather:v1`)).rejects.toThrow('it answers 503')
  })
})

test('a registry that nobody runs is an error, and not an image that is gone', async () => {
  await expect(digestOf('127.0.0.1:1/acme/weather:v1')).rejects.toBeInstanceOf(ServiceError)
})

test('a cancelled job asks no registry', async () => {
  const reference = parseReference('127.0.0.1:1/acme/weather:v1')
  const signal = AbortSignal.abort(new CancelledError('The job was cancelled.'))
  const read = async () => reference && readRegistryDigest(reference, { env: {}, times, signal })
  await expect(read()).rejects.toBeInstanceOf(CancelledError)
})
